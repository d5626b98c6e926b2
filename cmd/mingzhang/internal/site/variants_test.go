package site

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/money"
	"mingzhang/cmd/mingzhang/internal/statement"
	"mingzhang/cmd/mingzhang/internal/table"
)

// mayAlarm is how many of a hundred sound tables may raise a finding when they
// come in other clothes.
const mayAlarm = 2

// Sound tables stay sound in the layouts, encodings and ways of writing of other
// places: no variant may be refused or accused.
func TestSoundTablesInOtherClothesRaiseNothing(t *testing.T) {
	tables, alarms := 0, 0
	for _, body := range realBodies[:2] {
		clean := realSite(t, body.folder, body.year)
		for seed := range uint64(12) {
			rng := rand.New(rand.NewPCG(seed, uint64(body.year)))
			site := fstest.MapFS{"data/departments.csv": clean["data/departments.csv"]}
			worn := map[string]string{}
			for _, name := range slices.Sorted(maps.Keys(clean)) {
				if !strings.Contains(name, "/ju/") {
					continue
				}
				sheet, _ := table.Read(name, clean[name].Data)
				form, _ := statement.Builtin().Identify(sheet)
				if form == nil {
					t.Fatal(name)
				}
				data, what := dressed(rng, sheet, form, body.year)
				file := path.Join(path.Dir(name), form.ID+"_"+form.Title.ZH+".csv")
				site[file], worn[file] = &fstest.MapFile{Data: data}, what
			}
			tables += len(worn)
			accused := map[string]bool{}
			for _, f := range findings(t, site) {
				if f.Severity > diag.Note {
					accused[f.Place.File] = true
					t.Logf("%s %s %s (%s)", f.Place, f.Code.Word, f.Headline.ZH, worn[f.Place.File])
				}
			}
			alarms += len(accused)
		}
	}
	t.Logf("%d variants, %d with a finding", tables, alarms)
	if tables < 100 || alarms*100 > tables*mayAlarm {
		t.Errorf("%d of %d sound tables raise a finding", alarms, tables)
	}
}

var unitInHeading = regexp.MustCompile(`（(万?元)）`)

// dressed writes a clean table as another office would, and says how.
func dressed(rng *rand.Rand, s *table.Sheet, form *statement.Form, year int) (data []byte, what string) {
	one := func(n int) bool { return rng.IntN(n) == 0 }
	var did []string
	var rows [][]string
	for _, r := range s.Rows {
		rows = append(rows, r.Texts())
	}
	head := rows[0]
	if last := len(head) - 1; head[last] == "页" {
		for i := range rows {
			rows[i] = rows[i][:min(last, len(rows[i]))]
		}
		head = rows[0]
	}
	unit := "万元"
	amounts := map[int]bool{}
	for i, h := range head {
		if m := unitInHeading.FindStringSubmatch(h); m != nil {
			unit, amounts[i] = m[1], true
		}
	}
	to := unit
	if unit == "元" && one(3) {
		to = "万元"
		did = append(did, "万元")
	}
	style := rng.IntN(4)
	blank := []string{"", "-", "—", "0.00"}[rng.IntN(4)]
	from, _ := money.UnitOf(unit)
	into, _ := money.UnitOf(to)
	for _, r := range rows[1:] {
		for i := range r {
			if !amounts[i] {
				continue
			}
			v, _, err := money.Parse(r[i], from, 2)
			if err != nil || !v.Known() {
				if form.Shape == statement.Tree && strings.TrimSpace(r[i]) == "" {
					r[i] = blank
				}
				continue
			}
			text := v.In(into).StringFixed(2)
			switch style {
			case 0:
				text = money.Grouped(text)
			case 1:
				text = " " + money.Grouped(text) + " "
			case 2:
				text = strings.Map(func(r rune) rune {
					if r >= '0' && r <= '9' || r == '.' {
						return r - '!' + '！'
					}
					return r
				}, text)
			}
			r[i] = text
		}
	}
	lined := one(2) // the unit stands above the table, not in its headings
	for i, h := range head {
		if amounts[i] {
			name := unitInHeading.ReplaceAllString(h, "")
			if !lined {
				name += "（" + to + "）"
			}
			head[i] = name
		}
	}
	if form.Shape == statement.Tree && one(3) && form.Tree == "function" {
		did = append(did, "类款项")
		for n, r := range rows {
			code := strings.TrimSpace(r[0])
			parts := []string{code, "", ""}
			if n == 0 {
				parts = []string{"类", "款", "项"}
			} else if len(code) >= 3 && strings.Trim(code, "0123456789") == "" {
				parts = []string{code[:3], code[3:min(5, len(code))], code[min(5, len(code)):]}
			}
			rows[n] = append(parts, r[1:]...)
		}
	}
	if form.Shape == statement.Double && one(2) {
		did = append(did, "左右两栏")
		rows = besides(rows)
	}
	if one(4) {
		did = append(did, "序号")
		for n := range rows {
			rows[n] = append([]string{map[bool]string{true: "序号", false: fmt.Sprint(n)}[n == 0]}, rows[n]...)
		}
	}
	if one(4) {
		did = append(did, "栏次")
		numbers := []string{"栏次"}
		for i := 1; i < len(rows[0]); i++ {
			numbers = append(numbers, fmt.Sprint(i))
		}
		rows = slices.Insert(rows, 1, numbers)
	}
	if lined || one(2) {
		rows = slices.Insert(rows, 0, []string{fmt.Sprintf("%d年%s", year, form.Title.ZH)}, []string{"编制部门：示例局", "单位：" + to})
		did = append(did, "标题")
	}
	if one(3) {
		rows = append(rows, []string{"注：本表反映本部门全年收支。"})
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	if one(5) {
		w.Comma = '\t'
		did = append(did, "制表符")
	}
	_ = w.WriteAll(rows)
	encoding := rng.IntN(4)
	switch data = []byte(b.String()); encoding {
	case 1:
		data, _ = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(strings.ReplaceAll(b.String(), "\n", "\r\n")))
	case 2:
		data, _ = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(data)
	case 3:
		data = []byte("\ufeff" + strings.ReplaceAll(b.String(), "\n", "\r"))
	}
	return data, fmt.Sprint(strings.Join(did, " "), " 写法", style, " 编码", encoding)
}

// besides puts income and spending side by side.
func besides(rows [][]string) [][]string {
	var sides [2][][]string
	for _, r := range rows[1:] {
		n := 0
		if r[0] == "支出" {
			n = 1
		}
		sides[n] = append(sides[n], r[1:])
	}
	width := len(rows[0]) - 1
	out := [][]string{slices.Concat([]string{"收入项目"}, rows[0][2:], []string{"支出项目"}, rows[0][2:])}
	for i := range max(len(sides[0]), len(sides[1])) {
		var line []string
		for _, side := range sides {
			if i < len(side) {
				line = append(line, side[i]...)
			} else {
				line = append(line, make([]string, width)...)
			}
		}
		out = append(out, line)
	}
	return out
}
