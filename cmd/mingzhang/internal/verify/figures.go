package verify

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/proof"
	"mingzhang/cmd/mingzhang/internal/table"
)

// figures proves every figure of a department-year.
func (v *verifier) figures(y *year) {
	lines := lineNumbers(v, y)
	for _, x := range y.file.Figures {
		ref := y.file.Home() + "#" + x.ID
		bad := func(zh, en string, args ...any) { v.fail(y.path, lines[x.ID], ref, zh, en, args...) }
		e := y.found[x.ID]
		if e.Err != nil {
			bad("不能重新得出：%s", "it cannot be found again: %s", e.Err.Error())
			continue
		}
		if e.Figure == nil {
			bad("没有来历", "it has no origin")
			continue
		}
		want := e.Figure.Value
		have, err := x.Published()
		if err != nil {
			bad("写法不对：%s", "it is not well formed: %s", err.Error())
			continue
		}
		ok := true
		check := func(member, have, want string) {
			if have != want {
				ok = false
				bad("%s 写 %s，应为 %s", "%s says %s, should be %s", lang.Text{ZH: members[member] + " " + member, EN: member}, have, want)
			}
		}
		check("state", x.State, want.Word())
		check("value", have.Plain(), want.Plain())
		check("interval", interval(x), intervalOf(want))
		check("display", x.Display, e.Figure.WithUnit(lang.ZH))
		if x.Source != nil {
			ok = v.cell(y, x, e.Figure, bad) && ok
		} else {
			ok = v.formula(y, x, e, check) && ok
		}
		ok = v.published(y, x, e.Figure, bad) && ok
		if !ok {
			continue
		}
		if x.Source != nil {
			v.report.Cells++
		} else {
			v.report.Formulas++
		}
	}
	if y.file.Department != figure.Totals {
		v.report.Years++
	}
	v.rows(y)
}

// members names the members of a figure in figures.json for those who do not
// read programs.
var members = map[string]string{
	"state": "状态", "value": "数值", "interval": "舍入范围", "display": "显示的文字", "inputs": "代入的数", "numbers": "代入数字的算式",
}

func interval(x *proof.Figure) string {
	if x.Interval == nil {
		return ""
	}
	return "[" + x.Interval[0] + ", " + x.Interval[1] + "]"
}

func intervalOf(w money.Value) string {
	if !w.Known() || w.Exact() {
		return ""
	}
	b := w.AppendLow([]byte{'['})
	return string(append(w.AppendHigh(append(b, ", "...)), ']'))
}

// cell holds a disclosed number against its words.
func (v *verifier) cell(_ *year, x *proof.Figure, f *figure.Figure, bad func(zh, en string, args ...any)) bool {
	if f.Written == "" {
		return true
	}
	if text, _ := label.Clean(x.Source.Text); f.Written != text {
		bad("display 写 %s，原文为 %s", "display says %s, the cell %s", f.Written, text)
		return false
	}
	return true
}

// formula holds what is said of a computed figure against what was run again.
func (v *verifier) formula(y *year, x *proof.Figure, e *proof.Evaluated, check func(name, have, want string)) bool {
	var inputs []string
	for _, in := range e.Figure.Formula.Inputs {
		inputs = append(inputs, proof.Ref(in, y.file.Home()))
	}
	// Where bodies were merged, the sum over them is an input of its own here
	// and several there.
	if !strings.Contains(strings.Join(x.Inputs, " "), "last-year/") && !strings.HasPrefix(x.ID, "last-year/") {
		check("inputs", strings.Join(x.Inputs, " "), strings.Join(inputs, " "))
	}
	if x.Numbers != "" && !strings.HasPrefix(x.ID, "last-year/") {
		check("numbers", x.Numbers, e.Result.Numbers(lang.ZH).String())
	}
	return true
}

// published holds a figure against its cell in the published CSV.
func (v *verifier) published(y *year, x *proof.Figure, f *figure.Figure, bad func(zh, en string, args ...any)) bool {
	if x.CSV == "" {
		return true
	}
	name, at, _ := strings.Cut(x.CSV, "!")
	text, ok := v.csvCell(y, name, at)
	if !ok {
		bad("公布的 data/%s.csv 里没有 %s", "the published data/%s.csv has no %s", name, at)
		return false
	}
	if f.Written != "" {
		if text != f.Written {
			bad("data/%s.csv 的 %s 写 %s，应为 %s", "data/%s.csv %s says %s, should be %s", name, at, text, f.Written)
			return false
		}
		return true
	}
	if want, head := csvText(f.Value), v.csvHead(y, name, at); text != want && text != want+f.Value.Unit.Sign() && !sameIn(text, head, f.Value) {
		bad("data/%s.csv 的 %s 写 %s，应为 %s", "data/%s.csv %s says %s, should be %s", name, at, text, want)
		return false
	}
	return true
}

// csvText is how a value stands in a published CSV.
func csvText(v money.Value) string {
	switch v.State {
	case money.Number:
		return v.Disclosed()
	case money.NotReported:
		return ""
	case money.Withheld:
		return "*"
	}
	return "—"
}

// sameIn reports whether a text is the value in the unit of its column, which is
// not the value's own.
func sameIn(text, heading string, v money.Value) bool {
	if !v.Known() {
		return false
	}
	_, sign := label.SplitUnit(heading)
	u, ok := money.UnitOf(sign)
	return ok && u != v.Unit && u.Kind() == v.Unit.Kind() && text == v.As(u, 0).Plain()
}

func (v *verifier) csvCell(y *year, name, at string) (string, bool) {
	rows := v.table(y, name)
	row, col := spot(at)
	if row < 1 || row > len(rows) || col < 1 || col > len(rows[row-1]) {
		return "", false
	}
	return rows[row-1][col-1], true
}

func (v *verifier) csvHead(y *year, name, at string) string {
	rows := v.table(y, name)
	if _, col := spot(at); len(rows) > 0 && col >= 1 && col <= len(rows[0]) {
		return rows[0][col-1]
	}
	return ""
}

func spot(at string) (row, col int) {
	for _, r := range at {
		switch {
		case r >= 'A' && r <= 'Z':
			col = col*26 + int(r-'A') + 1
		case r >= '0' && r <= '9':
			row = row*10 + int(r-'0')
		}
	}
	return row, col
}

func (v *verifier) table(y *year, name string) [][]string {
	if rows, ok := y.csv[name]; ok {
		return rows
	}
	p := path.Join(y.file.Home(), "data", name+".csv")
	data, err := fs.ReadFile(v.fsys, p)
	if err != nil {
		v.fail(p, 0, "", "文件不在", "the file is not there")
		y.csv[name] = nil
		return nil
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		v.fail(p, 0, "", "读不懂：%s", "it cannot be read: %s", err.Error())
	}
	y.csv[name] = rows
	return rows
}

// rows tells numbers in the published CSV files that are no figure's.
func (v *verifier) rows(y *year) {
	known := map[string]bool{}
	for _, x := range y.file.Figures {
		if x.CSV != "" {
			known[x.CSV] = true
		}
	}
	for _, name := range sortedKeys(y.csv) {
		rows := y.csv[name]
		if len(rows) == 0 {
			continue
		}
		for j, head := range rows[0] {
			_, sign := label.SplitUnit(head)
			if _, ok := money.UnitOf(sign); sign == "" || !ok {
				continue // 科目名称（项目） is no column of numbers
			}
			for i := 1; i < len(rows); i++ {
				if j >= len(rows[i]) || rows[i][j] == "" {
					continue
				}
				at := fmt.Sprintf("%s%d", table.ColumnName(j+1), i+1)
				if !known[name+"!"+at] {
					v.fail(path.Join(y.file.Home(), "data", name+".csv"), i+1, "", "%s 的 %s 不属于任何一个数", "%s: %s belongs to no figure", at, rows[i][j])
				}
			}
		}
	}
}

// lineNumbers finds on which line of figures.json each figure stands.
func lineNumbers(v *verifier, y *year) map[string]int {
	data, err := fs.ReadFile(v.fsys, y.path)
	if err != nil {
		return nil
	}
	out := map[string]int{}
	for i, l := range bytes.Split(data, []byte("\n")) {
		if rest, ok := bytes.CutPrefix(l, []byte(`{"id":"`)); ok {
			if end := bytes.IndexByte(rest, '"'); end >= 0 {
				out[string(rest[:end])] = i + 1
			}
		}
	}
	return out
}
