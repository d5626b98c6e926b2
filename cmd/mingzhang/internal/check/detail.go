package check

import (
	"slices"
	"strings"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/statement"
)

// How far disclosures go into detail, and what has to be attached.
var (
	functionDepth = codeRule("0.3.0", "detail", "function-depth", diag.Warning,
		lang.Text{ZH: "按功能分类公开到项级", EN: "functional tables go down to items"},
		lang.Text{ZH: "「%s」有 %d 行没有细化到项（如「%s」）", EN: "%s: %d rows do not go down to items (such as %s)"},
		lang.Text{ZH: "支出按功能分类要公开到项（七位编码）", EN: "spending by function is disclosed by item (seven digits)"},
		lang.Text{ZH: "补上项级科目的行", EN: "add the rows of the items"},
		lang.Text{ZH: "D1：功能分类到项", EN: "D1"})
	economicDepth = codeRule("0.3.0", "detail", "economic-depth", diag.Warning,
		lang.Text{ZH: "基本支出按经济分类公开到款级", EN: "basic expenditure goes down to economic items"},
		lang.Text{ZH: "「%s」有 %d 行没有细化到款（如「%s」）", EN: "%s: %d rows do not go down to items (such as %s)"},
		lang.Text{ZH: "基本支出按经济分类要公开到款（五位编码）", EN: "basic expenditure is disclosed by economic item (five digits)"},
		lang.Text{ZH: "补上款级科目的行", EN: "add the rows of the items"},
		lang.Text{ZH: "D2：经济分类到款", EN: "D2"})
	publicSplit = codeRule("0.3.0", "detail", "three-public-split", diag.Warning,
		lang.Text{ZH: "三公经费分项公开", EN: "the three public expenses are split"},
		lang.Text{ZH: "「%s」只有合计，没有分成%s", EN: "%s has only a total, not split into %s"},
		lang.Text{ZH: "三公经费要分出国、公车、接待三项，公车再分购置和运行", EN: "they are split in three, vehicles into purchase and operation"},
		lang.Text{ZH: "补上各项；没有的写 0", EN: "add the items; write 0 where there is nothing"},
		lang.Text{ZH: "D3：三公分三项，公车分购置和运行", EN: "D3"})
	procurementSplit = codeRule("0.3.0", "detail", "procurement-split", diag.Warning,
		lang.Text{ZH: "政府采购分货物、工程、服务", EN: "procurement is split into goods, works and services"},
		lang.Text{ZH: "政府采购只有合计，没有分货物、工程、服务", EN: "procurement has only a total, not split into goods, works and services"},
		lang.Text{ZH: "采购总额要分三类公开", EN: "the total is disclosed by its three kinds"},
		lang.Text{ZH: "补上三类的行；没有的写 0", EN: "add the three rows; write 0 where there is nothing"},
		lang.Text{ZH: "D4：采购分货物、工程、服务", EN: "D4"})
	selfEvaluation = codeRule("0.3.0", "completeness", "self-evaluation-missing", diag.Note,
		lang.Text{ZH: "决算附有绩效自评结果", EN: "the accounts come with self-evaluations"},
		lang.Text{ZH: "有决算数，没有绩效自评的指标和得分", EN: "there are accounts and no scores of a self-evaluation"},
		lang.Text{ZH: "整体和项目绩效自评结果随决算公开", EN: "self-evaluations of department and projects are published with the accounts"},
		lang.Text{ZH: "补上绩效指标表或评价表；由主管部门统一公开的不必补", EN: "add the table of goals or the review; not needed where a superior publishes it"},
		lang.Text{ZH: "C10：附绩效自评结果", EN: "C10"})
	accountsEarly = codeRule("0.4.0", "timeliness", "accounts-too-early", diag.Warning,
		lang.Text{ZH: "决算在年度结束以后公开", EN: "accounts are published after the year has ended"},
		lang.Text{ZH: "%d 年度的决算写着 %s 公开，这一年还没有结束", EN: "the accounts of %d are said to have been published on %s, before the year was over"},
		lang.Text{ZH: "决算在下一年公开，公开年度与预算年度不同是正常的；写在本年的多半是上年的决算", EN: "accounts are published in the year after; those published within it are probably last year's"},
		lang.Text{ZH: "核对日期；是上年的决算时，文件名写「上年部门决算」", EN: "check the date; if they are last year's accounts, call the document 上年部门决算"},
		lang.Text{ZH: "T4：决算的公开年度晚于预算年度", EN: "T4"})
	unitMissing = codeRule("0.3.0", "completeness", "unit-not-disclosed", diag.Note,
		lang.Text{ZH: "所属单位都有自己的公开", EN: "every subordinate unit discloses its own"},
		lang.Text{ZH: "所属的 %d 个单位没有这一年的数据：%s", EN: "%d subordinate units have no data for the year: %s"},
		lang.Text{ZH: "部门公开之外，所属预算单位也要公开自己的预决算", EN: "besides the department each of its units discloses its own budget and accounts"},
		lang.Text{ZH: "催交这些单位的数据；已并入部门的，在部门名录写停用年度", EN: "ask the units for their data; if they were folded in, enter their last year in the directory"},
		lang.Text{ZH: "C5：机构名单里的每个单位都有公开", EN: "C5"})
)

// DetailCodes lists these findings.
var DetailCodes = []*diag.Code{functionDepth.code, economicDepth.code, publicSplit.code, procurementSplit.code, selfEvaluation.code, unitMissing.code, accountsEarly.code}

// Units asks whether the units under a department disclosed a year. Lacking are
// the names of those that did not.
func Units(all int, lacking []string, folder string) Outcome {
	switch {
	case all == 0:
		return Outcome{Rule: unitMissing, Name: unitMissing.Name, Result: NotApplicable}
	case len(lacking) > 0:
		return unitMissing.failed(lang.Text{}, unitMissing.code.At(diag.Place{File: folder}, len(lacking), strings.Join(lacking, "、")))
	}
	return unitMissing.passed(lang.Text{})
}

func (c *Case) details() []Outcome {
	var out []Outcome
	for _, st := range c.Statements {
		if st.Derived || st.Blank() {
			continue
		}
		switch {
		case st.Form.Shape == statement.Tree && st.Form.Tree == "function":
			out = append(out, depth(functionDepth, st, 7))
		case st.Form.Shape == statement.Tree:
			out = append(out, depth(economicDepth, st, 5))
		case st.Form.Shape == statement.Items:
			out = append(out, split(st))
		}
	}
	return append(append(append(out, evaluations(c.Statements)...), bodySums(c.Statements)...), c.procurement(), c.evaluation(), c.accountsPublished())
}

// depth asks whether the rows without rows below them are of the deepest level.
func depth(r *Rule, st *statement.Statement, digits int) Outcome {
	n := 0
	var first *statement.Row
	for i := range st.Rows {
		row := &st.Rows[i]
		if row.Code != "" && row.Level == figure.Leaf && len(row.Code) < digits && knownRow(row) {
			if n++; first == nil {
				first = row
			}
		}
	}
	if n == 0 {
		return r.passed(st.Form.Title)
	}
	f := st.Sheet.Finding(r.code, first.At, st.Form.Title, n, strings.TrimSpace(first.Name))
	f.Key = st.Form.ID
	return r.failed(st.Form.Title, f)
}

func knownRow(r *statement.Row) bool {
	for _, c := range r.Cells {
		if c.Known() && !c.Zero() {
			return true
		}
	}
	return false
}

// split asks whether a total of the three public expenses comes with its items.
func split(st *statement.Statement) Outcome {
	has := func(keys ...string) bool {
		for _, k := range keys {
			if r := st.Row("", k); r != nil {
				for _, c := range r.Cells {
					if c.Cell.Present() {
						return true
					}
				}
			}
		}
		return false
	}
	total, vehicles := st.Row("", "total"), st.Row("", "vehicles")
	what := lang.Text{}
	row := total
	switch {
	case total != nil && knownRow(total) && !(has("overseas") && has("reception") && has("vehicles", "vehicle-purchase", "vehicle-operation")):
		what = lang.Text{ZH: "因公出国（境）、公务用车、公务接待三项", EN: "overseas travel, vehicles and hospitality"}
	case vehicles != nil && knownRow(vehicles) && !has("vehicle-purchase", "vehicle-operation"):
		what, row = lang.Text{ZH: "公务用车购置和运行维护两项", EN: "purchase and operation of vehicles"}, vehicles
	default:
		return publicSplit.passed(st.Form.Title)
	}
	f := st.Sheet.Finding(publicSplit.code, row.At, st.Form.Title, what)
	f.Key = st.Form.ID
	return publicSplit.failed(st.Form.Title, f)
}

func (c *Case) procurement() Outcome {
	var total *figure.Figure
	kinds := 0
	for _, r := range c.Book.Table("procurement") {
		for _, f := range r.Cells {
			if !f.Known() {
				continue
			}
			if r.Level == figure.Total && !f.Value.Zero() && total == nil {
				total = f
			}
			if r.Level == figure.Leaf {
				kinds++
			}
		}
	}
	switch {
	case total == nil && kinds == 0:
		return Outcome{Rule: procurementSplit, Name: procurementSplit.Name, Result: NotApplicable}
	case total != nil && kinds == 0:
		return procurementSplit.failed(lang.Text{}, total.Cell.Sheet.Finding(procurementSplit.code, total.Cell.Cell))
	}
	return procurementSplit.passed(lang.Text{})
}

// accountsPublished asks whether the accounts were published after their year.
// That they were published in another year than they are of is what should be.
func (c *Case) accountsPublished() Outcome {
	for _, r := range c.Book.Table("disclosure") {
		f := r.Cell("published")
		if r.Key != "final-accounts" || !f.Known() {
			continue
		}
		if f.Value.Time().Year() > c.Year {
			return accountsEarly.passed(lang.Text{})
		}
		d := diag.Place{File: c.Folder}
		found := accountsEarly.code.At(d, c.Year, f.Value.Plain())
		if f.Cell != nil {
			found = f.Cell.Sheet.Finding(accountsEarly.code, f.Cell.Cell, c.Year, f.Value.Plain())
		}
		found.Key = r.Key
		return accountsEarly.failed(lang.Text{}, found)
	}
	return notChecked(Outcome{Rule: accountsEarly, Name: accountsEarly.Name}, lang.Text{ZH: "没有填报决算的公开日期", EN: "no date of the accounts' publication was given"})
}

func (c *Case) evaluation() Outcome {
	final := false
	for _, r := range c.Book.Table("expenditure") {
		final = final || r.Cell("outturn").Known()
	}
	switch {
	case !final:
		return Outcome{Rule: selfEvaluation, Name: selfEvaluation.Name, Result: NotApplicable}
	case len(c.Book.Table("goal")) == 0 && len(c.Book.Table("review")) == 0 && !slices.ContainsFunc(c.Statements, func(st *statement.Statement) bool { return st.Form.Evaluation }):
		return selfEvaluation.failed(lang.Text{}, selfEvaluation.code.At(diag.Place{File: c.Folder}))
	}
	return selfEvaluation.passed(lang.Text{})
}
