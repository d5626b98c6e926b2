package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"mingzhang/cmd/mingzhang/internal/dataset"
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/standard"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// readYear reads the department-year 2024 of slug a from files of one folder.
func readYear(t interface{ Fatal(...any) }, files map[string]string) (*fiscal.DepartmentYear, diag.List) {
	fsys := fstest.MapFS{"data/departments.csv": {Data: []byte("标识,名称\na,示例局\n")}}
	for name, text := range files {
		fsys["data/2024/a/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	tables, _ := standard.Contract()
	set, list := dataset.Scan(fsys, "data", tables)
	deps, more := fiscal.ReadDepartments(fsys, set)
	list.Add(more...)
	r := &fiscal.Reader{FS: fsys, Set: set, Departments: deps, Registry: statement.Builtin()}
	dep, ok := deps.Find("a")
	if !ok {
		t.Fatal("no department", list)
	}
	dy, more := r.Read(dep, 2024)
	list.Add(more...)
	return dy, list
}

var (
	someFunctions = []string{"2010301", "2010302", "2050201", "2080505", "2101101", "2120801", "2210201", "2299999"}
	someEconomics = []string{"30101", "30102", "30113", "30201", "30211", "30302", "31002"}
	someTypes     = []string{"基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"}
	someSources   = []string{"一般公共预算", "政府性基金预算", "国有资本经营预算", "事业收入", "其他收入"}
	someItems     = []string{"因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"}
)

func yuan(t *rapid.T, name string) string {
	n := rapid.Int64Range(1, 1e11).Draw(t, name)
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

// lines is what a department's lines say, by what can be told from the tables.
type lines map[string]string

// told gathers the lines of a book: spending by function and kind, by function
// and appropriation, by economic class, income by source, the three public
// expenses.
func told(dy *fiscal.DepartmentYear) lines {
	out := lines{}
	add := func(key string, f *figure.Figure) {
		if !f.Known() || f.Value.Zero() {
			return
		}
		if old := out[key]; old != "" {
			panic("twice: " + key)
		}
		out[key] = f.Value.Base().String()
	}
	for _, table := range []string{"expenditure", "income", "three-public"} {
		for _, r := range dy.Book.Table(table) {
			if r.Level != figure.Leaf {
				continue
			}
			for i, f := range r.Cells {
				switch {
				case table == "expenditure" && r.Attr("function") != "":
					out.sum("function "+r.Attr("function")+" "+r.Attr("type")+" "+r.Names[i], f)
				case table == "expenditure":
					out.sum("economic "+r.Attr("economic")+" "+r.Attr("category")+" "+r.Names[i], f)
				case table == "income":
					add("income "+r.Attr("source")+" "+r.Names[i], f)
				default:
					add("public "+r.Attr("item")+" "+r.Names[i], f)
				}
			}
		}
	}
	for _, id := range []string{"b05", "b06", "b07", "f05"} {
		st := dy.Statement(id)
		if st == nil {
			continue
		}
		for i, r := range st.Rows {
			if r.Level == figure.Leaf && r.Code != "" {
				for _, c := range []string{"basic", "project"} {
					if f := st.Figure(i, c); f.Known() {
						add(id+" "+r.Code+" "+c, f)
					}
				}
			}
		}
	}
	return out
}

func (l lines) sum(key string, f *figure.Figure) {
	if !f.Known() || f.Value.Zero() {
		return
	}
	v := f.Value.Base()
	if old := l[key]; old != "" {
		v = v.Add(decimal.RequireFromString(old))
	}
	l[key] = v.String()
}

// Lines → tables → lines is the identity: whatever lines a department hands in,
// the tables made from them, handed in in their place, say the same.
func TestLinesToTablesToLinesIsTheIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var exp, inc, pub strings.Builder
		exp.WriteString("功能科目编码,科目名称,支出类型,经费类别,经济科目编码,资金来源,年初预算数（元）,决算数（元）\n")
		seen := map[string]bool{}
		for i := range rapid.IntRange(1, 12).Draw(t, "functions") {
			code, kind, src := rapid.SampledFrom(someFunctions).Draw(t, "code"), rapid.SampledFrom(someTypes).Draw(t, "type"), rapid.SampledFrom(someSources).Draw(t, "source")
			if seen[code+kind+src] {
				continue
			}
			seen[code+kind+src] = true
			fmt.Fprintf(&exp, "%s,%s,%s,,,%s,%s,%s\n", code, standard.Functions().Name(code, 2024), kind, src, yuan(t, fmt.Sprint("o", i)), yuan(t, fmt.Sprint("x", i)))
		}
		for i, code := range rapid.SliceOfNDistinct(rapid.SampledFrom(someEconomics), 1, 5, rapid.ID[string]).Draw(t, "economics") {
			category := "公用经费"
			if code[:3] == "301" || code[:3] == "303" {
				category = "人员经费"
			}
			fmt.Fprintf(&exp, ",%s,基本支出,%s,%s,,%s,%s\n", standard.Economics().Name(code, 2024), category, code, yuan(t, fmt.Sprint("eo", i)), yuan(t, fmt.Sprint("ex", i)))
		}
		inc.WriteString("资金来源,年初预算数（元）,决算数（元）\n")
		for i, src := range rapid.SliceOfNDistinct(rapid.SampledFrom(someSources), 1, 5, rapid.ID[string]).Draw(t, "sources") {
			fmt.Fprintf(&inc, "%s,%s,%s\n", src, yuan(t, fmt.Sprint("io", i)), yuan(t, fmt.Sprint("ix", i)))
		}
		pub.WriteString("项目,年初预算数（元）,决算数（元）\n")
		for i, it := range rapid.SliceOfNDistinct(rapid.SampledFrom(someItems), 1, 4, rapid.ID[string]).Draw(t, "items") {
			fmt.Fprintf(&pub, "%s,%s,%s\n", it, yuan(t, fmt.Sprint("po", i)), yuan(t, fmt.Sprint("px", i)))
		}
		dy, list := readYear(t, map[string]string{"expenditure.csv": exp.String(), "income.csv": inc.String(), "three-public.csv": pub.String()})
		if list.HasErrors() {
			t.Fatal(list[0].Headline.ZH)
		}
		want := told(dy)
		files := map[string]string{}
		for _, st := range dy.Statements {
			if !st.Derived {
				t.Fatalf("%s was not made from lines", st.Form.ID)
			}
			files[st.Form.ID+".csv"] = string(Statement(st).CSV())
		}
		back, list := readYear(t, files)
		if list.HasErrors() {
			t.Fatal(list[0].Place, list[0].Headline.ZH, files)
		}
		if len(back.Statements) != len(files) {
			t.Fatalf("%d tables came back of %d", len(back.Statements), len(files))
		}
		if diff := cmp.Diff(want, told(back)); diff != "" {
			t.Fatalf("%s\n%v", diff, slices.Sorted(maps.Keys(files)))
		}
		// Balanced by construction: both sides of the double tables agree with
		// the trees below them.
		for _, pair := range [][2]string{{"b01/expenditure-total/amount", "b03/total/total"}, {"f01/expenditure-year-total/amount", "f03/total/total"}} {
			a, b := dy.Book.Get(pair[0]), dy.Book.Get(pair[1])
			if a.Known() && b.Known() && !a.Value.Base().Equal(b.Value.Base()) {
				t.Fatalf("%s is %s, %s is %s", pair[0], a.Value.Plain(), pair[1], b.Value.Plain())
			}
		}
	})
}
