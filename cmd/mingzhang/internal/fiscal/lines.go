package fiscal

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
)

// BookName returns the name of a contract table in figure ids.
func BookName(tableID string) string {
	switch tableID {
	case "balances", "projects", "assets", "goals", "services", "disclosures":
		return strings.TrimSuffix(tableID, "s")
	}
	return tableID
}

// Lines are the rows of a table that was handed in, one for each of t.Rows. Rows
// that statutory tables show among them (AddView) are not.
func (dy *DepartmentYear) Lines(t *Table) []*figure.Row {
	var out []*figure.Row
	for _, r := range dy.Book.Table(BookName(t.ID)) {
		if !r.View {
			out = append(out, r)
		}
	}
	return out
}
