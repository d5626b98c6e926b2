package fiscal

import (
	"reflect"
	"testing"

	"mingzhang/cmd/mingzhang/internal/standard"
)

func tags(t reflect.Type) map[string]bool {
	out := map[string]bool{}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for k := range tags(f.Type) {
				out[k] = true
			}
		} else if tag := f.Tag.Get("csv"); tag != "" {
			out[tag] = true
		}
	}
	return out
}

// The typed rows and the schemas say the same: a field without a struct field
// would silently be dropped by gocsv, and the other way round.
func TestRowsFitTheirSchemas(t *testing.T) {
	tables, lists := standard.Contract()
	rows := map[string]reflect.Type{
		"income": reflect.TypeFor[Income](), "expenditure": reflect.TypeFor[Expenditure](), "balances": reflect.TypeFor[Balance](),
		"projects": reflect.TypeFor[Project](), "execution": reflect.TypeFor[Quarter](), "three-public": reflect.TypeFor[ThreePublic](),
		"procurement": reflect.TypeFor[Procurement](), "assets": reflect.TypeFor[Asset](), "staffing": reflect.TypeFor[Staffing](),
		"goals": reflect.TypeFor[Goal](), "services": reflect.TypeFor[Service](), "disclosures": reflect.TypeFor[Disclosure](),
		"review": reflect.TypeFor[Review](), "prior": reflect.TypeFor[Prior](), "departments": reflect.TypeFor[departmentRow](),
		"population": reflect.TypeFor[PopulationRow](), "price-index": reflect.TypeFor[PriceRow](),
	}
	for _, table := range tables.All() {
		row, ok := rows[table.ID]
		if !ok {
			if table.ID != "waivers" && table.ID != "codes" { // read elsewhere
				t.Errorf("table %s has no row type", table.ID)
			}
			continue
		}
		have := tags(row)
		for _, f := range table.Fields {
			if !have[f.ID] {
				t.Errorf("%s: %s has no field for %s", table.ID, row.Name(), f.ID)
			}
			delete(have, f.ID)
			if f.Choices != "" && lists[f.Choices] == nil {
				t.Errorf("%s: %s names the list %s, which is not there", table.ID, f.ID, f.Choices)
			}
			if f.Name.ZH == "" || f.Name.EN == "" {
				t.Errorf("%s: %s lacks a name", table.ID, f.ID)
			}
		}
		for tag := range have {
			t.Errorf("%s: the schema has no field %s", table.ID, tag)
		}
	}
}
