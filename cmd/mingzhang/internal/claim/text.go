package claim

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout tells what a block of a text is.
type layout uint8

const (
	paragraph layout = iota
	heading          // a title or a numbered heading
	item             // an entry of a list
	row              // a row of a table
)

// block is a paragraph, a heading, an entry of a list or a row of a table: what
// belongs together whatever its line breaks.
type block struct {
	layout     layout
	start, end int // in script.r
}

// script is a text made ready to be read: one run of characters in which full
// width, stray spaces and line breaks inside a paragraph are gone, and which
// knows where each character stood.
type script struct {
	r      []rune  // blocks are closed by '\n'
	at     []int32 // r[i] was character at[i] of the source
	blocks []block
	lines  []int32 // first character of each source line
	source []rune

	room  *room
	words string  // r as text, so that its parts are cut and not copied
	bytes []int32 // where r[i] begins in it
}

// hidden stands for what is no text: a reference, the address of a link.
const hidden = '\ufffc'

// place returns line and column, both 1-based, of a character of the source.
func (s *script) place(at int32) (line, column int) {
	i := sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > at }) - 1
	return i + 1, int(at-s.lines[i]) + 1
}

// text returns characters of the script.
func (s *script) text(from, to int) string { return s.words[s.bytes[from]:s.bytes[to]] }

// seal makes the characters that were read into one text.
func (s *script) seal() {
	s.bytes = append(slices.Grow(s.bytes, len(s.r)+1), 0)
	b := make([]byte, 0, 3*len(s.r)) // most are Chinese
	for _, r := range s.r {
		b = utf8.AppendRune(b, r)
		s.bytes = append(s.bytes, int32(len(b)))
	}
	s.words = string(b)
}

// written returns what the source holds between two characters of the script,
// on one line and without the signs of bold type.
func (s *script) written(from, to int) string {
	if from >= to {
		return ""
	}
	w := strings.ReplaceAll(string(s.source[s.at[from]:s.at[to-1]+1]), "**", "")
	if !strings.ContainsFunc(w, unicode.IsSpace) {
		return w
	}
	return strings.Join(strings.Fields(w), " ")
}

// The ways in which a line begins that start something new.
var (
	numbered = regexp.MustCompile(`^(?:第[一二三四五六七八九十百\d]{1,4}(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[、)）]|[.．](?:[^\d\s]|\s+\D|\s*(?:19|20)\d\d\s*年))|[a-zA-Z][.．、)）]|[①-⑳])`)
	listSign = regexp.MustCompile(`^[-*+•·]\s`)
	// A heading that ran on behind a full stop: …35.1万元。4.人员管理方面
	trailingHead = regexp.MustCompile(`[。；](?:\d{1,2}[.．、][^\d，。；：]{2,20}|[（(][一二三四五六七八九十\d]{1,3}[)）][^，。；：]{2,20}|[一二三四五六七八九十]{1,3}、[^，。；：]{2,20})$`)
	markTitle    = regexp.MustCompile(`^#{1,6}\s`)
)

// ends are the signs after which a sentence is over.
const ends = "。！？；!?;：:"

// read lays a text out in blocks. strict says that an empty line always ends
// one.
func read(src string, strict bool) *script {
	m := rooms.Get().(*room)
	s := &script{source: m.source, r: m.r, at: m.at, bytes: m.bytes, lines: []int32{0}, room: m}
	for _, r := range src {
		s.source = append(s.source, r)
	}
	for i, r := range s.source {
		if r == '\n' {
			s.lines = append(s.lines, int32(i+1))
		}
	}
	if !utf8.ValidString(src) {
		src = string(s.source) // of which lines are cut
	}
	s.r = slices.Grow(s.r, len(s.source))
	s.at = slices.Grow(s.at, len(s.source))
	open, blank, fence, trailing := false, false, false, false
	long := 0 // characters of the line before
	width := s.width()
	for i := range s.lines {
		from, to := int(s.lines[i]), len(s.source)
		if i+1 < len(s.lines) {
			to = int(s.lines[i+1]) - 1
		}
		var line string
		line, src, _ = strings.Cut(src, "\n")
		for from < to && unicode.IsSpace(s.source[from]) {
			from++
		}
		for to > from && unicode.IsSpace(s.source[to-1]) {
			to--
		}
		if from == to {
			blank = true
			continue
		}
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
			fence = !fence
			s.close(&open)
			continue
		}
		if fence {
			continue
		}
		kind, begins := paragraph, false
		switch {
		case line[0] == '#' && markTitle.MatchString(line):
			kind, begins = heading, true
		case isRow(line):
			kind, begins = row, true
		case listSign.MatchString(line):
			kind, begins = item, true
		case strings.HasPrefix(line, ">"):
		default:
			begins = isNumbered(line)
		}
		if open && !begins {
			last := s.r[len(s.r)-1]
			ended := strings.ContainsRune(ends, last) || (last == '”' || last == '）') && len(s.r) > 1 && strings.ContainsRune(ends, s.r[len(s.r)-2])
			b := s.blocks[len(s.blocks)-1]
			short := long < 25 && !unicode.IsDigit(last) && last != '，' && last != '、'
			if trailing || blank && strict || ended && blank || b.layout == heading || b.layout == row || blank && short {
				begins = true
			} else if ended && (long < max(25, width*4/5) || indented(s.source[int(s.lines[i]):from])) {
				begins = true // a last line that does not fill its width
			}
		}
		if begins || !open {
			s.close(&open)
			if kind == paragraph && isTitle(line) && (blank || i == 0 || isNumbered(line)) {
				kind = heading
			}
			s.blocks = append(s.blocks, block{kind, len(s.r), 0})
			open = true
		} else {
			s.gap(s.source[from], long >= 20)
		}
		s.fold(from, to, kind == row)
		if last := len(s.blocks) - 1; s.blocks[last].start == len(s.r) {
			// Nothing to read: a zero-width space that came with the paste, a lone **.
			s.blocks, open, blank = s.blocks[:last], false, true
			continue
		}
		trailing = trailingAt(line) >= 0
		long = to - from
		blank = false
	}
	s.close(&open)
	s.seal()
	return s
}

// mayGape reports whether a line may hold white space as wide as between
// columns.
func mayGape(line string) bool {
	white := false
	for i := range len(line) {
		switch line[i] {
		case '\t':
			return true
		case ' ', '\n', '\f', '\r':
			if white {
				return true
			}
			white = true
		default:
			white = false
		}
	}
	return strings.Contains(line, "　")
}

// isNumbered reports whether a line begins with a number of a heading.
func isNumbered(line string) bool { return mayBeNumbered(line) && numbered.MatchString(line) }

// mayBeNumbered reports whether a text begins with a character with which
// numbers of headings begin.
func mayBeNumbered(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.Is(unicode.Han, r) || strings.ContainsRune("第一二三四五六七八九十", r)
}

// trailingAt finds the heading that ran on behind the last full stop of a line,
// with that stop; −1 if there is none.
func trailingAt(line string) int {
	if strings.HasSuffix(line, "。") || strings.HasSuffix(line, "；") {
		return -1 // as nearly all
	}
	end := line[max(0, len(line)-longestHead):]
	i := max(strings.LastIndex(end, "。"), strings.LastIndex(end, "；"))
	if i < 0 || !trailingHead.MatchString(end[i:]) {
		return -1
	}
	return len(line) - len(end) + i
}

// longestHead is more bytes than what trailingHead matches has: a stop, a number
// of five characters and twenty more.
const longestHead = 32 * utf8.UTFMax

// isTitle reports whether a line looks like a heading: numbered or standing by
// itself, short and not a sentence.
func isTitle(line string) bool {
	n := len([]rune(line))
	return n <= 30 && !strings.ContainsAny(line, "。，；：！？,;") && (isNumbered(line) || n <= 20)
}

func (s *script) close(open *bool) {
	if *open {
		s.blocks[len(s.blocks)-1].end = len(s.r)
		s.emit('\n', int32(len(s.source)-1))
		*open = false
	}
}

func (s *script) emit(r rune, at int32) {
	s.r = append(s.r, r)
	s.at = append(s.at, at)
}

// gap decides what is left of white space before next: nothing beside Chinese,
// nothing inside a number, one space where two numbers or words would run
// together.
func (s *script) gap(next rune, join bool) {
	if len(s.r) == 0 {
		return
	}
	last := s.r[len(s.r)-1]
	next = half(next)
	word := func(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	if unicode.IsDigit(last) && unicode.IsDigit(next) && join {
		return
	}
	if word(last) && word(next) || last == '%' && word(next) {
		s.emit(' ', s.at[len(s.at)-1])
	}
}

// half folds full-width ASCII.
func half(r rune) rune {
	if r == '﹒' { // 1﹒一般公共预算
		return '.'
	}
	if r >= '！' && r <= '～' {
		switch r {
		case '，', '：', '；', '（', '）', '！', '？':
			return r
		}
		return r - ('！' - '!')
	}
	return r
}

// fold appends a line without its markup. In rows of a table white space as wide
// as between columns becomes a bar: a table pasted from Word has tabs.
func (s *script) fold(from, to int, bars bool) {
	src := s.source
	for from < to && (src[from] == '#' || src[from] == '>') {
		from++
	}
	for from < to && unicode.IsSpace(src[from]) {
		from++
	}
	if from+1 < to && (src[from] == '-' || src[from] == '*' || src[from] == '+') && src[from+1] == ' ' {
		from += 2
	}
	for i := from; i < to; i++ {
		r := src[i]
		switch {
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff':
			continue
		case unicode.IsSpace(r):
			j := i
			for j < to && unicode.IsSpace(src[j]) {
				j++
			}
			if bars && j < to && s.bars(src[i:j], i) {
				i = j - 1
				continue
			}
			if j < to {
				s.gap(src[j], false)
			}
			i = j - 1
			continue
		case r == '*' && i+1 < to && src[i+1] == '*':
			i++
			continue
		case r == '`' || r == '\\' && i+1 < to && !unicode.IsLetter(src[i+1]):
			continue
		case r == '{' && i+1 < to && src[i+1] == '{':
			if end := find(src, i, to, "}}"); end > 0 {
				s.emit(hidden, int32(i))
				i = end + 1
				continue
			}
		case r == ']' && i+1 < to && src[i+1] == '(':
			if end := find(src, i, to, ")"); end > 0 {
				i = end
				continue
			}
		case r == '[' && i+1 < to && src[i+1] == '^':
			if end := find(src, i, to, "]"); end > 0 {
				i = end
				continue
			}
		}
		r = half(r)
		digit := func(r rune) bool { return r >= '0' && r <= '9' }
		switch r {
		case '(':
			r = '（'
		case ')':
			r = '）'
		case ';':
			r = '；'
		case ',', '，':
			// A comma between digits may group thousands; the scanner decides.
			if len(s.r) > 0 && digit(s.r[len(s.r)-1]) && s.thousands(i+1, to) {
				r = ','
			} else {
				r = '，'
			}
		case ':':
			r = '：'
		}
		if digit(r) || r == '.' || r == ',' {
			// "87, 300. 0": a scan leaves gaps beside points and commas.
			if n := len(s.r); n > 1 && s.r[n-1] == ' ' && (r == '.' || r == ',') {
				s.r, s.at = s.r[:n-1], s.at[:n-1]
			}
		}
		s.emit(r, int32(i))
	}
}

// bars puts bars for the white space between two cells, one for each tab.
func (s *script) bars(white []rune, at int) bool {
	n := 0
	for _, r := range white {
		if r == '\t' {
			n++
		}
	}
	if n == 0 && len(white) < 2 && white[0] != '\u3000' {
		return false
	}
	for range max(1, n) {
		s.emit('|', int32(at))
	}
	return true
}

// thousands reports whether three digits, and no fourth, follow, be it on the next
// line.
func (s *script) thousands(i, to int) bool {
	src := s.source
	for i < to && (src[i] == ' ' || src[i] == '\u00a0') {
		i++
	}
	n := 0
	for n < 4 && i < len(src) {
		if r := half(src[i]); r >= '0' && r <= '9' {
			i, n = i+1, n+1
			continue
		}
		if n == 3 || to == len(src) || i < to && !unicode.IsSpace(src[i]) {
			break
		}
		for i < len(src) && i < to+8 && unicode.IsSpace(src[i]) {
			i++
		}
		if i < to {
			break // white space inside the line
		}
		to = len(src) // one line break, not two
	}
	return n == 3
}

// find returns where a closing sign stands, if it is near.
func find(src []rune, from, to int, what string) int {
	w := []rune(what)
	for i := from; i+len(w) <= min(to, from+400); i++ {
		if slices.Equal(src[i:i+len(w)], w) {
			return i
		}
	}
	return -1
}
