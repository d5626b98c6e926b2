package page

import (
	"strconv"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// Downloads is the page that lists every file for machines.
type Downloads struct {
	Base
	Intro  string
	Tables []*Table
}

// The addresses of the pages about data.
const (
	DownloadsPath  = "data/"
	DictionaryPath = "data/dictionary.html"
)

// DataLink is a file that the downloads page lists.
type DataLink struct {
	Path   string // from the site's top
	Name   lang.Text
	About  lang.Text
	Format string
}

// DataYears are the files of all figures, one for each year.
type DataYears struct {
	Name, About lang.Text
	Files       []DataYear
}

// DataYear is the file of a year.
type DataYear struct {
	Year        int
	Departments int
	Path        string // from the site's top
}

// DataPart is a part of the long tables: some departments of a year, with its
// files, which have the same names in every part.
type DataPart struct {
	Year, Number int
	Departments  int
	Files        []DataLink
}

// NewDownloads makes the page: the files of the whole site, those of all figures of
// a year and the parts of the long tables, a row each, so that the page stays short
// with any number of department-years. Their own files are listed on their own pages
// and, for programs, in department-years.csv.
func (c Context) NewDownloads(intro lang.Text, whole []DataLink, years DataYears, parts []DataPart) *Downloads {
	title := c.say("数据下载", "Data")
	p := &Downloads{Base: c.base("downloads", DownloadsPath, title, intro.In(c.Lang)), Intro: intro.In(c.Lang)}
	p.Crumbs = append(p.Crumbs, Link{Text: title, Here: true})
	p.Tables = append(p.Tables, c.files(p, "whole", c.say("全站文件", "Files of the whole site"), whole))
	if len(years.Files) > 0 {
		p.Tables = append(p.Tables, c.wholeYears(p, years))
	}
	if len(parts) > 0 {
		p.Tables = append(p.Tables, c.parts(p, parts))
	}
	return p
}

func (c Context) files(p *Downloads, id, caption string, list []DataLink) *Table {
	t := &Table{ID: id, Caption: caption, Columns: []Column{{Label: c.say("内容", "contents")}, {Label: c.say("格式", "format")}, {Label: c.say("说明", "about")}, {Label: c.say("文件", "file")}}}
	for _, f := range list {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: f.Name.In(c.Lang), Href: p.to(f.Path)}, Text(f.Format), Text(f.About.In(c.Lang)), Text(f.Path)}})
	}
	return t
}

func (c Context) wholeYears(p *Downloads, years DataYears) *Table {
	t := &Table{
		ID: "years", Caption: years.Name.In(c.Lang), Note: years.About.In(c.Lang),
		Columns: []Column{{Label: c.say("年度", "year")}, {Label: c.say("部门", "departments"), Numeric: true}, {Label: c.say("文件", "file")}},
	}
	for _, y := range years.Files {
		t.Rows = append(t.Rows, Row{Cells: []Cell{Text(strconv.Itoa(y.Year)), Text(strconv.Itoa(y.Departments)), {Text: y.Path + c.say("（CSV，gzip 压缩）", " (CSV, gzip)"), Href: p.to(y.Path)}}})
	}
	return t
}

func (c Context) parts(p *Downloads, parts []DataPart) *Table {
	t := &Table{
		ID: "parts", Caption: c.say("长表：全部部门全部年度的每一个数和它的来历，按年度分片", "Long tables: every figure of all departments and years with its proof, by year"),
		Columns: []Column{{Label: c.say("年度", "year")}, {Label: c.say("片", "part")}, {Label: c.say("部门", "departments"), Numeric: true}},
		Foot:    []string{c.say("每个部门年度自己的工作簿、各表 CSV 和 JSON 在它的页面「下载」一节；程序可从 data/department-years.csv 的 folder 列找到它们。", "Workbook, tables and JSON of a department-year are listed on its page, under Downloads; programs find them by the column folder of data/department-years.csv.")},
	}
	for _, f := range parts[0].Files {
		t.Columns = append(t.Columns, Column{Label: f.Name.In(c.Lang)})
	}
	for _, x := range parts {
		row := Row{Cells: []Cell{Text(strconv.Itoa(x.Year)), Text(strconv.Itoa(x.Number)), Text(strconv.Itoa(x.Departments))}}
		for _, f := range x.Files {
			row.Cells = append(row.Cells, Cell{Text: f.Format, Href: p.to(f.Path)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Dictionary is the page that explains every column of every table.
type Dictionary struct {
	Base
	Intro  string
	CSV    string // the same as a table
	Groups []DictionaryGroup
}

// DictionaryGroup is tables of one sort.
type DictionaryGroup struct {
	Name   string
	Tables []*Table
}

// DictionaryTable is a table of the dictionary before it is laid out. Fields are
// name, English name, id, type, unit, stage, list of words, meaning, meaning in
// English.
type DictionaryTable struct {
	ID     string
	Name   lang.Text
	About  lang.Text
	Site   bool
	Fields [][9]string
}

// NewDictionary makes the data dictionary.
func (c Context) NewDictionary(intro lang.Text, csv string, tables []DictionaryTable, words []DictionaryTable) *Dictionary {
	title := c.say("数据字典", "Data dictionary")
	p := &Dictionary{Base: c.base("dictionary", DictionaryPath, title, intro.In(c.Lang)), Intro: intro.In(c.Lang)}
	p.Crumbs = append(p.Crumbs, Link{Text: c.say("数据下载", "Data"), Href: p.in(DownloadsPath)}, Link{Text: title, Here: true})
	p.CSV = p.to(csv)
	site := DictionaryGroup{Name: c.say("全站的表", "Tables of the whole site")}
	year := DictionaryGroup{Name: c.say("部门年度的表", "Tables of a department-year")}
	heads := []string{c.say("列", "column"), c.say("标识", "id"), c.say("类型", "type"), c.say("单位", "unit"), c.say("阶段", "stage"), c.say("取值", "values"), c.say("含义", "meaning")}
	for _, t := range tables {
		out := &Table{ID: "t-" + t.ID, Caption: t.Name.In(c.Lang) + c.say("（", " (") + t.ID + c.say("）", ")"), Note: t.About.In(c.Lang)}
		for _, h := range heads {
			out.Columns = append(out.Columns, Column{Label: h})
		}
		for _, f := range t.Fields {
			row := Row{Cells: []Cell{Text(lang.Text{ZH: f[0], EN: f[1]}.In(c.Lang)), Text(f[2]), Text(f[3]), Text(f[4]), Text(f[5]), {}, Text(lang.Text{ZH: f[7], EN: f[8]}.In(c.Lang))}}
			if f[6] != "" {
				row.Cells[5] = Cell{Text: f[6], Href: "#" + anchorOf(f[6], words)}
			}
			out.Rows = append(out.Rows, row)
		}
		if t.Site {
			site.Tables = append(site.Tables, out)
		} else {
			year.Tables = append(year.Tables, out)
		}
	}
	lists := DictionaryGroup{Name: c.say("固定用词", "Words of closed lists")}
	for _, w := range words {
		out := &Table{ID: "w-" + w.ID, Caption: w.ID, Columns: []Column{{Label: c.say("名称", "name")}, {Label: c.say("标识", "id")}, {Label: c.say("其他写法", "also written")}}}
		for _, f := range w.Fields {
			out.Rows = append(out.Rows, Row{Cells: []Cell{Text(lang.Text{ZH: f[0], EN: f[1]}.In(c.Lang)), Text(f[2]), Text(f[3])}})
		}
		lists.Tables = append(lists.Tables, out)
	}
	p.Groups = []DictionaryGroup{site, year, lists}
	return p
}

// anchorOf is where the values of a column are listed: a list of words, or a
// table.
func anchorOf(values string, words []DictionaryTable) string {
	for _, w := range words {
		if w.ID == values {
			return "w-" + values
		}
	}
	return "t-" + values
}
