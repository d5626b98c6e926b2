package statement

import (
	"regexp"
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/label"
	"mingzhang/cmd/mingzhang/internal/table"
)

// Stacked cuts a sheet in which several tables stand one below the other, each
// under its own title. Rows keep their places; those of the other tables are empty.
func (r *Registry) Stacked(s *table.Sheet) []*table.Sheet {
	var cuts []int
	numbers, own := 0, "" // rows with numbers since the last title, and that title
	project := ""
	for i, row := range s.Rows {
		title := r.titleIn(row)
		switch {
		case title != "" && numbers == 0:
			own, project = title, projectBelow(s.Rows[i+1:])
		case title != "" && (title != own || another(project, projectBelow(s.Rows[i+1:]))): // the same one stands again on a new page
			own, project = title, projectBelow(s.Rows[i+1:])
			from := i
			for from > 0 && beforeTitle(s.Rows[from-1]) {
				from--
			}
			cuts, numbers = append(cuts, from), 0
		case slices.ContainsFunc(row, func(c table.Cell) bool { return isAmount(c.Text) }):
			numbers++
		}
	}
	if len(cuts) == 0 {
		return []*table.Sheet{s}
	}
	var out []*table.Sheet
	for k, from := range append([]int{0}, cuts...) {
		till := len(s.Rows)
		if k < len(cuts) {
			till = cuts[k]
		}
		part := *s
		part.Rows = make([]table.Row, till)
		copy(part.Rows[from:], s.Rows[from:till])
		out = append(out, &part)
	}
	return out
}

// projectBelow is the project of a form of self-evaluation whose title was just read;
// empty for other tables.
func projectBelow(rows []table.Row) string {
	for _, row := range rows[:min(len(rows), 6)] {
		named := false
		for _, c := range row {
			switch t := label.Fold(c.Text); {
			case t == "":
			case named:
				return t
			case t == "项目名称", t == "项目名称:":
				named = true
			case strings.HasPrefix(t, "项目名称:"):
				return strings.TrimPrefix(t, "项目名称:")
			default:
			}
		}
	}
	return ""
}

// another reports whether the name under a title that stands again is that of another
// project, so that it is no new page of the same form.
func another(project, next string) bool { return project != "" && next != "" && project != next }

// titleIn returns the title of a statutory table that a row is: nothing else stands
// in it but the table's number or the unit. It is empty for other rows.
func (r *Registry) titleIn(row table.Row) string {
	first, filled := "", 0
	for _, c := range row {
		switch {
		case strings.TrimSpace(c.Text) == "":
			continue
		case filled == 0:
			first = c.Text
		case filled > 1 || isAmount(c.Text):
			return ""
		}
		filled++
	}
	if !strings.Contains(first, "表") {
		return ""
	}
	key := label.Fold(first)
	if i := strings.IndexAny(key, "(（"); i > 0 {
		key = key[:i]
	}
	if slices.ContainsFunc(r.Forms, func(f *Form) bool {
		return slices.ContainsFunc(f.titles(), func(w string) bool { return strings.HasSuffix(w, "表") && strings.HasSuffix(key, w) })
	}) {
		return key
	}
	return ""
}

var tableNumber = regexp.MustCompile(`^(?:附件|附表|附|公开|预算|决算|财决|表)[\d一二三四五六七八九十\-－—.]{1,6}表?：?$`)

// beforeTitle reports whether a row may stand over a title: it is empty or holds
// the number of the table.
func beforeTitle(row table.Row) bool {
	for _, c := range row {
		if t := strings.TrimSpace(c.Text); t != "" && !tableNumber.MatchString(label.Fold(t)) {
			return false
		}
	}
	return true
}

// isAmount reports whether a cell holds a number.
func isAmount(s string) bool {
	return strings.ContainsAny(s, "0123456789０１２３４５６７８９") && strings.Trim(s, "0123456789０１２３４５６７８９.,，-－ ") == ""
}
