package narrative

import "strings"

// tame reports whether a rendered text is nothing but words and tags that pass
// the policy as they are, so that taking it apart and putting it together again
// would change nothing. Nearly all texts are; any sign that is not known here
// sends a text through the policy.
func tame(html string) bool {
	for {
		i := strings.IndexAny(html, "<>&\"'\r\x00")
		if i < 0 {
			return true
		}
		if html[i] != '<' {
			return false
		}
		html = html[i+1:]
		end := strings.IndexByte(html, '>')
		if end < 0 || !tameTag(html[:end]) {
			return false
		}
		html = html[end+1:]
	}
}

// tameTag tells a tag, without its brackets, that the policy lets pass.
func tameTag(tag string) bool {
	if tameTags[tag] {
		return true
	}
	// A heading with an id.
	if len(tag) < len(`h2 id=""`) || tag[0] != 'h' || tag[1] < '1' || tag[1] > '6' {
		return false
	}
	id, ok := strings.CutPrefix(tag[2:], ` id="`)
	if ok {
		id, ok = strings.CutSuffix(id, `"`)
	}
	return ok && id != "" && !strings.ContainsAny(id, " \t\n\r\x00\f\v\"'`=&</\\")
}

// tameTags are spelt as the renderer spells them.
var tameTags = map[string]bool{
	"p": true, "/p": true, "ul": true, "/ul": true, "ol": true, "/ol": true, "li": true, "/li": true,
	"strong": true, "/strong": true, "em": true, "/em": true, "blockquote": true, "/blockquote": true,
	"/h1": true, "/h2": true, "/h3": true, "/h4": true, "/h5": true, "/h6": true,
	`div class="scroll" role="region" tabindex="0" aria-label="表格"`: true, "/div": true,
	"table": true, "/table": true, "thead": true, "/thead": true, "tbody": true, "/tbody": true, "tr": true, "/tr": true,
	`th scope="col"`: true, `th class="n" scope="col"`: true, `th class="c" scope="col"`: true, "/th": true,
	"td": true, `td class="n"`: true, `td class="c"`: true, "/td": true,
}
