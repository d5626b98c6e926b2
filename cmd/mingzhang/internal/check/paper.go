package check

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/privacy"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Paper is a table as it was handed in.
type Paper struct {
	Sheet  *table.Sheet
	Layout *schema.Layout
	Title  lang.Text
	Rows   []table.Row // only these are the department's; nil for all
	Print  Print       // of its numbers

	own   []int // 0-based columns that hold the body's own words
	stock bool
}

// PaperOf makes a table of the contract ready to be asked; rows are those of the
// department.
func PaperOf(b *schema.Binding, rows []table.Row) Paper {
	p := Paper{Sheet: b.Sheet, Layout: b.Layout, Title: b.Table.Name, Rows: rows, stock: b.Table.Stock}
	for _, c := range b.Columns {
		if c.Field.Own {
			p.own = append(p.own, c.Index)
		}
	}
	p.Print = printOf(p)
	return p
}

// PaperOfStatement makes a statutory table ready to be asked.
func PaperOfStatement(st *statement.Statement) Paper {
	p := Paper{Sheet: st.Sheet, Layout: st.Layout, Title: st.Form.Title}
	p.Print = printOf(p)
	return p
}

// Case is a department-year with all that is asked of it besides formulas.
type Case struct {
	Names      []string // by which the department goes, its full name first
	Bodies     *Bodies  // all departments
	Year       int
	Papers     []Paper
	Last       []Paper // of the year before
	Book       *figure.Book
	Statements []*statement.Statement
	Withheld   map[string]int                 // rows kept from publication, by table in the book
	Before     func(id string) *figure.Figure // last year's figure, nil if there is none
	Folder     string
}

var (
	titleYear = codeRule("0.3.0", "form", "title-year", diag.Error,
		lang.Text{ZH: "表名写的年度是本年度", EN: "the title names this year"},
		lang.Text{ZH: "标题或文件名写的是 %d 年（「%s」），文件却在 %d 年的文件夹里", EN: "the title or file name says %d (%s), the file stands in the folder of %d"},
		lang.Text{ZH: "最常见的差错是把上年的文件放进了今年的文件夹", EN: "the commonest slip is last year's file in this year's folder"},
		lang.Text{ZH: "核对文件是哪一年的，移到对应的文件夹；只是标题没改时，改标题", EN: "check which year the file is of and move it; if only the title is old, correct it"},
		lang.Text{ZH: "F1：标题写明年度、单位、预算或决算", EN: "F1"})
	titleBody = codeRule("0.3.0", "form", "title-body", diag.Error,
		lang.Text{ZH: "表上写的单位是本部门", EN: "the table names this department"},
		lang.Text{ZH: "表上写的单位是「%s」，文件却在「%s」的文件夹里", EN: "the table names %s, the file stands in the folder of %s"},
		lang.Text{ZH: "放错文件夹，别的部门的数会公开在这个部门名下", EN: "in the wrong folder another body's figures appear under this one's name"},
		lang.Text{ZH: "核对文件是哪个部门的；只是名称写法不同时，与部门名录统一", EN: "check whose file it is; if only the writing differs, use the directory's name"},
		lang.Text{ZH: "F6：封面、表格、文字里的单位名称一致", EN: "F6"})
	placeholder = codeRule("0.3.0", "form", "placeholder-left", diag.Warning,
		lang.Text{ZH: "没有留下待填内容和模板说明", EN: "no placeholder or template instruction is left"},
		lang.Text{ZH: "表格里还留着待填内容：「%s」", EN: "a placeholder is left in the table: %s"},
		lang.Text{ZH: "模板里的 XX、待填写和填表说明一旦公开，读者会以为没有做完", EN: "placeholders and instructions of a template look unfinished to readers"},
		lang.Text{ZH: "填上内容，或删去这句话", EN: "fill it in, or delete it"},
		lang.Text{ZH: "F4：没有占位符和模板说明", EN: "F4"})
)

// PaperCodes lists the findings about tables as they were handed in.
var PaperCodes = []*diag.Code{titleYear.code, titleBody.code, placeholder.code, sameAsLast.code, SameElsewhere.code}

// Ask asks everything that is no formula over figures and no sum.
func (c *Case) Ask() ([]Outcome, diag.List) {
	out := make([]Outcome, 0, 5*len(c.Papers)+8)
	for _, p := range c.Papers {
		out = append(out, c.titles(p)...)
		out = append(out, p.placeholders(), p.personal(), c.sameAsLast(p))
	}
	out = append(out, c.secrets()...)
	out = append(out, c.details()...)
	out = append(out, c.neighbours())
	var found diag.List
	for _, o := range out {
		found.Add(o.Findings...)
	}
	return out, found
}

var (
	yearIn = regexp.MustCompile(`(19[5-9]\d|20\d\d|21\d\d)\s*年(\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号])?`)
	// dayOf finds 填报日期：2025年3月: when a table was made is mostly another year than
	// that of its numbers.
	dayOf = regexp.MustCompile(`(?:日期|时间)\s*[：:]`)
)

// titles asks the year and the body that stand above the table and in the name
// of its file.
func (c *Case) titles(p Paper) []Outcome {
	of := p.Title
	years := lang.Text{}
	out := []Outcome{notChecked(Outcome{Rule: titleYear, Name: about(of, titleYear.Name)}, lang.Text{ZH: "表上和文件名里没有写年度", EN: "neither table nor file name tells a year"})}
	wrong := func(text string, at diag.Place, lines []diag.Line) {
		all := yearIn.FindAllStringSubmatch(money.Fold(text), -1)
		if len(all) == 0 || !years.IsZero() {
			return
		}
		first := 0
		for _, m := range all {
			y, _ := strconv.Atoi(m[1])
			if y == c.Year {
				out[0] = titleYear.passed(of)
				return
			}
			if first == 0 && m[2] == "" && !dayOf.MatchString(text) {
				first = y
			}
		}
		if first == 0 {
			return // a day says nothing of the year
		}
		f := titleYear.code.At(at, first, strings.TrimSpace(text), c.Year)
		f.Value, f.Expected, f.Lines = strings.TrimSpace(text), strconv.Itoa(c.Year), lines
		out[0] = titleYear.failed(of, f)
		years = lang.Same(text)
	}
	for i, role := range p.Layout.Roles {
		if role != schema.Title && role != schema.UnitLine {
			continue
		}
		for _, cell := range p.Sheet.Rows[i] {
			wrong(cell.Text, p.Sheet.Place(cell), p.Sheet.Context(cell))
		}
	}
	base := strings.TrimSuffix(path.Base(p.Sheet.File), path.Ext(p.Sheet.File))
	wrong(base, diag.Place{File: p.Sheet.File, Sheet: p.Sheet.Name}, nil)
	wrong(p.Sheet.Name, diag.Place{File: p.Sheet.File, Sheet: p.Sheet.Name}, nil)
	return append(out, c.body(p))
}

func (c *Case) body(p Paper) Outcome {
	mine := func(text string) bool {
		text = label.Fold(text)
		for _, n := range c.Names {
			if n = label.Fold(n); n != "" && (strings.Contains(text, n) || strings.Contains(n, text)) {
				return true
			}
		}
		return false
	}
	said := false
	for i, role := range p.Layout.Roles {
		if role != schema.Title && role != schema.UnitLine {
			continue
		}
		for _, cell := range p.Sheet.Rows[i] {
			text := strings.TrimSpace(cell.Text)
			if text == "" {
				continue
			}
			if mine(text) {
				said = true
				continue
			}
			if other := c.Bodies.named(label.Fold(text), c.Names[0]); other != "" {
				f := p.Sheet.Finding(titleBody.code, cell, other, c.Names[0])
				f.Expected = c.Names[0]
				return titleBody.failed(p.Title, f)
			}
			if body := p.Layout.Body; body != "" && strings.Contains(text, body) && !mine(body) {
				f := p.Sheet.Finding(titleBody.code, cell, body, c.Names[0])
				f.Expected, f.Severity = c.Names[0], diag.Warning
				return titleBody.failed(p.Title, f)
			}
		}
	}
	if !said {
		return notChecked(Outcome{Rule: titleBody, Name: about(p.Title, titleBody.Name)}, lang.Text{ZH: "表上没有写单位", EN: "the table names no body"})
	}
	return titleBody.passed(p.Title)
}

var personalData = codeRule("0.3.0", "form", "personal-data", diag.Error,
	lang.Text{ZH: "没有个人信息", EN: "no personal data"},
	lang.Text{}, lang.Text{}, lang.Text{},
	lang.Text{ZH: "F9：没有身份证号、手机号、银行卡号", EN: "F9"})

// personal asks the cells that will be published for personal data. A cell that
// is nothing but a number is taken for an amount unless it proves to be an
// identity card's.
func (p Paper) personal() Outcome {
	var found diag.List
	p.cells(func(c table.Cell) {
		found.Add(Personal(p.Sheet, c)...)
	})
	if len(found) > 0 {
		return personalData.failed(p.Title, found...)
	}
	return personalData.passed(p.Title)
}

// Personal tells the personal data in a cell. The finding does not repeat them.
func Personal(s *table.Sheet, c table.Cell) diag.List {
	var list diag.List
	for _, h := range privacy.Find(c.Text) {
		if h.Code != privacy.Identity && c.Col > 1 && plainNumber(c.Text) && numericColumn(s, c) {
			continue
		}
		f := h.Code.At(s.Place(c), h.Mask)
		f.Value = h.Mask
		list.Add(f)
	}
	return list
}

func plainNumber(text string) bool {
	return strings.Trim(strings.TrimSpace(text), "0123456789") == ""
}

// numericColumn reports whether the cells round a cell are numbers too.
func numericColumn(s *table.Sheet, c table.Cell) bool {
	numbers, others := 0, 0
	for _, r := range s.Rows {
		if int(c.Col) > len(r) || r[c.Col-1].Row == c.Row {
			continue
		}
		v, _, err := money.Parse(r[c.Col-1].Text, money.NoUnit, 0)
		switch {
		case err == nil && v.Known() && len(privacy.Find(r[c.Col-1].Text)) == 0:
			numbers++
		case strings.TrimSpace(r[c.Col-1].Text) != "":
			others++
		}
	}
	return numbers > others
}

// unfinished is what a template leaves behind.
var unfinished = regexp.MustCompile(`[XxＸ]{3,}|[XＸ]{2}(?:万元|元|年|月|日|%|局|部门|单位|项目)|×{2,}|待填写|待补充|待定稿|请填写|（增加内容）|\(增加内容\)|仍保留该表格式|\{(?:单位|部门|年度|金额|项目)[^}]*\}`)

func (p Paper) placeholders() Outcome {
	var found diag.List
	p.cells(func(c table.Cell) {
		if !mayBeUnfinished(c.Text) {
			return
		}
		if m := unfinished.FindString(c.Text); m != "" {
			found.Add(p.Sheet.Finding(placeholder.code, c, m))
		}
	})
	if len(found) > 0 {
		return placeholder.failed(p.Title, found...)
	}
	return placeholder.passed(p.Title)
}

// mayBeUnfinished reports whether a text holds a character with which the
// pattern of what a template leaves begins; few cells do.
func mayBeUnfinished(s string) bool {
	for _, r := range s {
		switch r {
		case 'X', 'x', 'Ｘ', '×', '待', '请', '（', '(', '仍', '{':
			return true
		}
	}
	return false
}

// cells visits every cell of the department.
func (p Paper) cells(visit func(table.Cell)) {
	rows := p.Rows
	if rows == nil {
		rows = p.Sheet.Rows
	}
	for _, r := range rows {
		for _, c := range r {
			visit(c)
		}
	}
}
