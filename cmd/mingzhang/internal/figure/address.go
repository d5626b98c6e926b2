package figure

import (
	"encoding/binary"
	"path"
	"strings"
	"unicode/utf8"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/table"
)

// ProofPage is the page of a department-year that shows proofs.
const ProofPage = "proof.html"

// Totals is the folder of the totals over departments: totals/2024 is the home
// of what all of them planned, changed and spent in a year.
const Totals = "totals"

// Address is where the figure's proof stands inside its department-year: a cell
// in the picture of its file, a computed figure under its own id, a cell of a
// statutory table made from lines on that table's page. It does not change once
// published.
func (f *Figure) Address() string {
	if f.shown.address != "" {
		return f.shown.address
	}
	var space [128]byte
	return string(f.AppendAddress(space[:0]))
}

// AppendAddress is Address for those who ask for thousands.
func (f *Figure) AppendAddress(b []byte) []byte {
	switch {
	case f.address != "":
		return append(b, f.address...)
	case f.Cell != nil:
		b = append(append(b, ProofPage...), '#')
		b = append(append(b, SourceKey(f.Cell.Sheet)...), '-')
		return f.Cell.Cell.AppendName(b)
	case f.Formula != nil && f.Formula.Table != "":
		b = append(append(b, f.Formula.Table...), ".html#"...)
		id := f.ID
		if rest, ok := strings.CutPrefix(id, f.Formula.Table); ok && strings.HasPrefix(rest, "/") {
			id = rest[1:]
		}
		return append(b, id...)
	}
	return append(append(append(b, ProofPage...), '#'), f.ID...)
}

// elsewhere is the figure's address where it does not follow from the id, else "".
func (f *Figure) elsewhere() string {
	if f.address != "" || f.Cell != nil || f.Formula != nil && f.Formula.Table != "" {
		return f.Address()
	}
	return ""
}

// AppendPacked is AppendShown of the figure as it comes out of a Packed.
func (f *Figure) AppendPacked(b []byte) []byte {
	c := *f
	c.address, c.Origin = f.elsewhere(), Origin{}
	return c.say(b)
}

// AppendShown appends what pages show of the figure, and where its proof stands,
// so that two states of a page can be told apart without making it.
func (f *Figure) AppendShown(b []byte) []byte { return f.say(b) }

// say appends what the figure says and where it stands, whatever formula made
// it.
func (f *Figure) say(b []byte) []byte {
	b = appendParts(b, f.ID, f.Home, f.Label.ZH, f.Label.EN, f.Column.ZH, f.Column.EN, f.Written, string(f.Stage), f.address)
	b = append(f.Value.AppendKey(b), 0)
	if m := f.Formula; m != nil {
		b = appendParts(b, m.Table)
	}
	if c := f.Cell; c != nil {
		b = appendParts(b, c.Sheet.File, c.Sheet.Name, c.Column, c.Cell.Text)
		for _, n := range []int32{c.Cell.Row, c.Cell.Col, c.Cell.Line, int32(c.Unit), c.Places} {
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
	}
	return b
}

// appendParts appends texts so that it can be told where each ends.
func appendParts(b []byte, parts ...string) []byte {
	for _, p := range parts {
		b = append(append(b, p...), 0)
	}
	return b
}

// SourceKey names a source file inside its department-year: the file's own name
// and, of a workbook, the sheet's.
func SourceKey(s *table.Sheet) string {
	base := path.Base(s.File)
	key := strings.TrimSuffix(base, ".csv")
	if s.Name != "" {
		key = base + "-" + s.Name
	}
	return keyText(key)
}

// KeyOf makes a name fit into a figure's id: folded, without space, slash and
// the signs that mean something in selectors and addresses.
func KeyOf(name string) string {
	s := keyText(label.Fold(name))
	if s == "" {
		return "row"
	}
	return s
}

// keyText keeps what may stand in an id and in the fragment of an address.
func keyText(s string) string {
	for i := range len(s) {
		if c := s[i]; c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c < utf8.RuneSelf || c == 0xe3 { // the first byte of a wide space
			return keySigns.Replace(strings.ReplaceAll(s, "\u3000", "-"))
		}
	}
	return s // as most names of files are
}

// keySigns are single bytes, for which the library has a fast way.
var keySigns = strings.NewReplacer(
	" ", "-", "/", "-", ".", "-", "~", "-", "#", "-", "?", "-", "%", "-", "{", "(", "}", ")", ",", "、", "=", "-", "*", "-", "|", "-",
	"<", "-", ">", "-", "\\", "-", "^", "-", "`", "-", "\"", "-", "&", "-", "'", "-",
)
