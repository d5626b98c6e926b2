package formula

import "strings"

// piece is a part of an id with holes: plain text, the row's key or a property of
// the row. Ids are cut up once, since totals look up a figure of their row for
// every column.
type piece struct {
	text string // as it stands in the id
	key  bool
	attr string
}

// cutHoles cuts an id at {row} and {.property}.
func cutHoles(ref string) []piece {
	var out []piece
	from := 0 // of the text not yet cut
	for i := 0; i < len(ref); {
		p := piece{text: "{row}", key: true}
		if !strings.HasPrefix(ref[i:], p.text) {
			end := strings.IndexByte(ref[i:], '}')
			if !strings.HasPrefix(ref[i:], "{.") || end < 0 {
				i++
				continue
			}
			p = piece{text: ref[i : i+end+1], attr: ref[i+2 : i+end]}
		}
		if from < i {
			out = append(out, piece{text: ref[from:i]})
		}
		out = append(out, p)
		i += len(p.text)
		from = i
	}
	if from < len(ref) {
		out = append(out, piece{text: ref[from:]})
	}
	return out
}

// fill is Fill of an id that is cut up, appended to b.
func (s *Scope) fill(b []byte, pieces []piece) []byte {
	for i := range pieces {
		switch p := &pieces[i]; {
		case p.key:
			b = append(b, s.Key...)
		case p.attr != "" && s.hasAttrs():
			b = append(b, s.Row.Attr(p.attr)...)
		default:
			b = append(b, p.text...)
		}
	}
	return b
}
