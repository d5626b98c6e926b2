// Package statement reads and makes the statutory tables of budgets and final
// accounts (预算 B1–B9, 决算 公开01–09).
//
// A department may hand in the tables as it has them, in any order, with titles,
// unit lines, merged headers, split codes and double tables side by side: they
// are recognised by id, title or alias and by their headings, never by position,
// and kept as disclosed. Or it hands in lines, and every table follows from
// them, balanced by construction.
//
// Which tables there are is data: standard/forms.toml.
package statement

import (
	"fmt"
	"sync"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/schema"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// Shape is how a form lays out its rows.
type Shape string

// The shapes.
const (
	Tree   Shape = "tree"   // rows are codes and a total
	Double Shape = "double" // income left, spending right
	Items  Shape = "items"  // the three public expenses
	List   Shape = "list"   // any other table: shown with the columns it has
)

// Form is a statutory table as the registry describes it.
type Form struct {
	ID      string    `toml:"id"`
	Kind    string    `toml:"kind"`  // budget or final
	Stage   string    `toml:"stage"` // the stage of its figures, unless a column says another
	Number  string    `toml:"number"`
	Title   lang.Text `toml:"title"`
	Aliases []string  `toml:"aliases"`
	Shape   Shape     `toml:"shape"`
	Tree    string    `toml:"tree"`  // function or economic
	Lines   string    `toml:"lines"` // what a tree is made from: expenditure if blank
	Unit    string    `toml:"unit"`  // in which the table is made from lines
	Where   string    `toml:"where"` // of the lines, only these
	Scope   string    `toml:"scope"` // sources that a double table covers, all if blank
	Empty   lang.Text `toml:"empty"` // what is said when there is nothing
	Columns []Column  `toml:"columns"`
	Items   []Item    `toml:"items"`
	// Headings are the usual headings of a list, by which its header is found.
	Headings []string `toml:"headings"`
	Handed   bool     `toml:"handed"` // only as handed in: lines do not make it
	// Evaluation marks forms of self-evaluation: indicators with points, under the
	// head of a project.
	Evaluation bool `toml:"evaluation"`
	Many       bool `toml:"many"` // a department hands in one for each project

	reg    *Registry
	schema *schema.Table
	named  []string        // titles and aliases, folded
	usual  map[string]bool // headings of a list, folded
	once   sync.Once
	exprs  map[string][]*formula.Expr // how cells follow from lines, by row kind; nil where a column has none
	tails  []lang.Text                // of the labels of figures, by column: ·column（title）

	lines    *figure.Selector            // whose codes or classes are the rows; nil for fixed rows
	fillers  []*figure.Selector          // by optional column: the lines for which it is shown
	parts    map[*formula.Expr][]int     // of columns that add up others, in rows of a code tree: the places of these
	balances map[string]*figure.Selector // by side and id of an item: the lines for which it is shown in budgets

	said memo[rowName, []cellWords]
}

// Item is a fixed row: of a double table, of the three public expenses, or a
// total under a code tree.
type Item struct {
	ID    string    `toml:"id"`
	Side  string    `toml:"side"`
	Name  lang.Text `toml:"name"`
	Lines string    `toml:"lines"`
	Where string    `toml:"where"`
	Sum   []string  `toml:"sum"`  // the items of the same side that it adds up
	Each  string    `toml:"each"` // one row for every class of this classification
	Level string    `toml:"level"`
}

// Column is a column of numbers.
type Column struct {
	ID       string    `toml:"id"`
	Name     lang.Text `toml:"name"`
	Aliases  []string  `toml:"aliases"`
	Lines    string    `toml:"lines"` // the lines it is made from, if not the form's
	Where    string    `toml:"where"`
	Sum      []string  `toml:"sum"`  // the columns that it adds up
	Side     string    `toml:"side"` // of a double table, only on this side
	Optional bool      `toml:"optional"`
	Parts    []string  `toml:"parts"`  // the columns that may stand in its place in tables as handed in
	Handed   bool      `toml:"handed"` // only in tables as handed in: lines do not make it
	Price    bool      `toml:"-"`      // of a list: amounts for one thing each, which no total adds up
}

// Money returns the unit in which the form is made from lines.
func (f *Form) Money() money.Unit {
	u, _ := money.UnitOf(f.Unit)
	return u
}

// Column returns the column with an id, or nil.
func (f *Form) Column(id string) *Column {
	for i := range f.Columns {
		if f.Columns[i].ID == id {
			return &f.Columns[i]
		}
	}
	return nil
}

// StageOf returns the stage of a column's figures.
func (f *Form) StageOf(column string) string {
	switch column {
	case "original", "adjusted", "outturn":
		return column
	}
	return f.Stage
}

// Set is which tables are due in a jurisdiction, in the order in which they are
// shown.
type Set struct {
	ID       string    `toml:"id"`
	Name     lang.Text `toml:"name"`
	Verified bool      `toml:"verified"`
	Note     lang.Text `toml:"note"`
	From     int       `toml:"from"`
	Until    int       `toml:"until"`
	Budget   []string  `toml:"budget"`
	Final    []string  `toml:"final"`
}

// Registry holds the forms and the sets of due tables.
type Registry struct {
	Forms     []*Form
	Sets      []*Set
	Functions *standard.Dictionary // the functional classification in force
	Economics *standard.Dictionary // the departments' economic classification
	byID      map[string]*Form
}

// Names returns the dictionary of a classification: function or economic.
func (r *Registry) Names(classification string) *standard.Dictionary {
	if classification == "economic" {
		return r.Economics
	}
	return r.Functions
}

// Form returns a form by its id.
func (r *Registry) Form(id string) (*Form, bool) {
	f, ok := r.byID[id]
	return f, ok
}

// Title returns the title of a form, or its id when there is no such form.
func (r *Registry) Title(id string) lang.Text {
	if f := r.byID[id]; f != nil {
		return f.Title
	}
	return lang.Same(id)
}

// Set returns a set by its id.
func (r *Registry) Set(id string) (*Set, bool) {
	for _, s := range r.Sets {
		if s.ID == id {
			return s, true
		}
	}
	return nil, false
}

// Builtin is the embedded registry.
var Builtin = sync.OnceValue(func() *Registry {
	r, list := Load("", nil)
	if list.HasErrors() {
		panic(fmt.Sprintf("statement: %s: %s", list[0].Place, list[0].Headline.EN))
	}
	return r
})

// Load reads the embedded registry and lays the site's own over it: a form or
// set with a known id replaces it, others are added.
func Load(siteFile string, site []byte) (*Registry, diag.List) {
	r := &Registry{byID: map[string]*Form{}, Functions: standard.Functions(), Economics: standard.Economics()}
	list := r.read("standard/forms.toml", standard.Read("forms.toml"))
	if site != nil {
		list.Add(r.read(siteFile, site)...)
	}
	return r, list
}

func (r *Registry) read(file string, data []byte) diag.List {
	var doc struct {
		Forms []*Form `toml:"forms"`
		Sets  []*Set  `toml:"sets"`
	}
	f, list := tomlfile.Decode(file, data, &doc)
	for i, form := range doc.Forms {
		path := fmt.Sprintf("forms[%d]", i)
		switch form.Shape {
		case Tree, Double, Items, List:
		default:
			list.Add(f.Wrong(path+".shape", lang.Text{ZH: "只能是 tree、double、items 或 list", EN: "must be tree, double, items or list"}))
			continue
		}
		if u, ok := money.UnitOf(form.Unit); !ok || u.Kind() != money.KindMoney {
			list.Add(f.Wrong(path+".unit", lang.Text{ZH: "不是金额单位", EN: "not a unit of money"}))
			continue
		}
		if err := form.prepare(file); err != nil {
			list.Add(f.Wrong(path, lang.Same(err.Error())))
			continue
		}
		r.put(form)
	}
	for i, s := range doc.Sets {
		for _, id := range append(append([]string{}, s.Budget...), s.Final...) {
			if r.byID[id] == nil {
				list.Add(f.Wrong(fmt.Sprintf("sets[%d].budget", i), lang.Sprintf(lang.Text{ZH: "没有表 %s", EN: "there is no table %s"}, id)))
			}
		}
		replaced := false
		for j, old := range r.Sets {
			if old.ID == s.ID {
				r.Sets[j], replaced = s, true
			}
		}
		if !replaced {
			r.Sets = append(r.Sets, s)
		}
	}
	return list
}

func (r *Registry) put(form *Form) {
	form.reg = r
	if old := r.byID[form.ID]; old != nil {
		for i := range r.Forms {
			if r.Forms[i] == old {
				r.Forms[i] = form
			}
		}
	} else {
		r.Forms = append(r.Forms, form)
	}
	r.byID[form.ID] = form
}

// prepare makes the schema by which the form's own headings are found.
func (f *Form) prepare(file string) error {
	t := &schema.Table{ID: f.ID, Name: f.Title, File: file}
	text := func(id, zh, en string, aliases ...string) {
		t.Fields = append(t.Fields, schema.Field{ID: id, Name: lang.Text{ZH: zh, EN: en}, Aliases: aliases, Type: schema.TypeText})
	}
	switch f.Shape {
	case Tree:
		text("code", "科目编码", "code", "功能分类科目编码", "支出功能分类科目编码", "经济分类科目编码", "部门预算支出经济分类科目编码", "经济科目编码", "功能科目编码", "编码", "科目代码", "功能分类科目编码/科目编码", "经济分类科目编码/科目编码")
		text("class", "类", "class", "科目编码/类", "功能分类科目编码/类", "经济分类科目编码/类")
		text("division", "款", "division", "科目编码/款", "功能分类科目编码/款", "经济分类科目编码/款")
		text("item", "项", "item", "科目编码/项", "功能分类科目编码/项")
		text("name", "科目名称", "name", "名称", "功能分类科目名称", "支出功能分类科目名称", "经济分类科目名称", "项目", "科目", "功能科目名称", "经济科目名称", "单位名称（科目）", "科目名称（单位）", "科目名称（类款项）", "功能分类科目", "支出功能分类科目", "项目名称", "部门预算支出经济分类科目名称", "经济分类科目", "支出经济分类科目", "部门预算支出经济分类科目")
		text("body-code", "单位编码", "code of the body", "单位代码", "预算单位编码", "预算单位代码", "部门编码", "部门代码", "部门（单位）代码", "部门（单位）编码", "单位（部门）代码", "单位（部门）编码")
		text("body", "单位名称", "body", "预算单位", "预算单位名称", "部门名称", "部门（单位）名称", "单位（部门）名称")
	case Double:
		text("side", "侧", "side")
		text("item", "项目", "item", "收入项目", "支出项目", "项目（按功能分类）", "功能分类", "支出功能分类", "功能分类科目", "收入", "支出", "项目名称", "科目名称")
	case Items:
		text("item", "项目", "item", "三公项目", "经费项目", "支出项目")
		text("body", "单位名称", "body", "部门", "单位", "预算单位", "部门名称", "单位")
	}
	text("line", "行次", "line number", "序号", "栏次")
	text("page", "页", "page", "页码")
	text("remark", "备注", "remark")
	for _, c := range f.Columns {
		t.Fields = append(t.Fields, schema.Field{ID: "n-" + c.ID, Name: c.Name, Aliases: c.Aliases, Type: schema.TypeAmount, Stage: f.StageOf(c.ID)})
	}
	f.schema = t
	f.named = f.foldTitles()
	if f.Shape == List {
		f.usual = make(map[string]bool, len(f.Headings))
		for _, h := range f.Headings {
			f.usual[label.Fold(h)] = true
		}
	}
	return t.Index()
}

// titles lists what names the form, folded.
func (f *Form) titles() []string { return f.named }

func (f *Form) foldTitles() []string {
	out := []string{label.Fold(f.Title.ZH)}
	for _, a := range f.Aliases {
		out = append(out, label.Fold(a))
	}
	return out
}
