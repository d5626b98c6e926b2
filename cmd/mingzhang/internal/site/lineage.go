package site

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// lineage joins departments that follow each other (承接单位) into families. A
// family is worked on as one, because the first year of a new body is compared
// with the last one of its predecessors.
type lineage struct {
	families     []*Family
	bySlug       map[string]*Family
	predecessors map[*fiscal.Department][]*fiscal.Department
}

// successors lists the departments that a department names as taking over.
func successors(d *fiscal.Department, deps *fiscal.Departments) (out []*fiscal.Department, unknown []string) {
	for _, name := range strings.FieldsFunc(d.Successor, func(r rune) bool { return r == '|' || r == '、' || r == ';' || r == '；' || r == ',' || r == '，' }) {
		if s, ok := deps.Find(name); ok && s != d {
			out = append(out, s)
		} else {
			unknown = append(unknown, strings.TrimSpace(name))
		}
	}
	return out, unknown
}

func newLineage(deps *fiscal.Departments) (*lineage, diag.List) {
	l := &lineage{bySlug: map[string]*Family{}, predecessors: map[*fiscal.Department][]*fiscal.Department{}}
	var list diag.List
	family := map[*fiscal.Department]int{}
	members := map[int][]*fiscal.Department{}
	for i, d := range deps.List {
		family[d] = i
		members[i] = []*fiscal.Department{d}
	}
	for _, d := range deps.List {
		next, unknown := successors(d, deps)
		for _, name := range unknown {
			f := UnknownSuccessor.At(d.Place, d.Name, name)
			var names []string
			for _, o := range deps.List {
				names = append(names, o.Name)
			}
			if near := label.Nearest(name, names); near != "" {
				f.Expected = near
			}
			list.Add(f)
		}
		for _, s := range next {
			// A split has no single past: the parts are not compared with the whole.
			if len(next) == 1 {
				l.predecessors[s] = append(l.predecessors[s], d)
			}
			a, b := family[d], family[s]
			if a == b {
				continue
			}
			for _, m := range members[b] {
				family[m] = a
			}
			members[a] = append(members[a], members[b]...)
			delete(members, b)
		}
	}
	for i := range deps.List {
		if m := members[i]; len(m) > 0 {
			l.add(l.inOrder(m))
		}
	}
	return l, list
}

func (l *lineage) add(m []*fiscal.Department) {
	f := &Family{Departments: m}
	var slugs []string
	for _, d := range m {
		slugs = append(slugs, d.Slug)
		l.bySlug[d.Slug] = f
	}
	f.Name = strings.Join(slugs, "+")
	l.families = append(l.families, f)
}

// inOrder puts predecessors before their successors.
func (l *lineage) inOrder(m []*fiscal.Department) []*fiscal.Department {
	var out []*fiscal.Department
	done := map[*fiscal.Department]bool{}
	var visit func(*fiscal.Department)
	visit = func(d *fiscal.Department) {
		if done[d] {
			return
		}
		done[d] = true // before its predecessors: a circle ends here
		for _, p := range l.predecessors[d] {
			visit(p)
		}
		out = append(out, d)
	}
	for _, d := range m {
		visit(d)
	}
	return out
}

// UnknownSuccessor is raised for a successor that is not in the directory.
var UnknownSuccessor = &diag.Code{
	Word: "successor-unknown", Severity: diag.Error, Since: "0.2.0",
	Headline: lang.Text{ZH: "「%s」的承接单位「%s」不在部门名录里", EN: "%s names %s as its successor, which is not in the directory"},
	Why:      lang.Text{ZH: "找不到承接单位，机构改革前后的数就接不上", EN: "without it the years before and after a reform cannot be joined"},
	Fix:      lang.Text{ZH: "写承接单位的标识、编码或全称；几个单位用「、」分开", EN: "write the successor's slug, code or full name; separate several with 、"},
}
