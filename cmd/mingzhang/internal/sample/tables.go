package sample

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
)

// tableRows is a table with its header.
type tableRows struct {
	name string
	rows [][]string
}

func csvOf(rows [][]string) []byte {
	var b bytes.Buffer
	_ = csv.NewWriter(&b).WriteAll(rows) // a bytes.Buffer does not fail
	return b.Bytes()
}

func (a amount) String() string { return fmt.Sprintf("%d.%02d", a/100, a%100) }

func (s staged) cells() []string {
	return []string{s.original.String(), s.adjusted.String(), s.outturn.String()}
}

func row(first []string, s staged, more ...string) []string {
	return append(append(first, s.cells()...), more...)
}

func count(n int) string { return strconv.Itoa(n) }

// tables makes the CSV files of a year, with the headings of the data contract.
func (yr *year) tables() []tableRows {
	return []tableRows{
		{"income", yr.incomeRows()},
		{"expenditure", yr.expenditureRows()},
		{"balances", yr.balanceRows()},
		{"projects", yr.projectRows()},
		{"execution", yr.executionRows()},
		{"three-public", yr.threePublicRows()},
		{"procurement", yr.procurementRows()},
		{"assets", yr.assetRows()},
		{"staffing", yr.staffingRows()},
		{"goals", yr.goalRows()},
		{"services", yr.serviceRows()},
		{"disclosures", yr.disclosureRows()},
	}
}

func (yr *year) incomeRows() [][]string {
	rows := [][]string{{"资金来源", "年初预算数（万元）", "全年预算数（万元）", "决算数（万元）"}}
	var total staged
	for _, f := range yr.flows {
		rows = append(rows, row([]string{f.source}, f.income))
		total.add(f.income)
	}
	return append(rows, row([]string{"合计"}, total))
}

func (yr *year) expenditureRows() [][]string {
	rows := [][]string{{"功能科目编码", "科目名称", "支出类型", "经费类别", "经济科目编码", "资金来源", "年初预算数（万元）", "全年预算数（万元）", "决算数（万元）"}}
	for _, l := range yr.lines {
		rows = append(rows, row([]string{l.function, l.functionName, l.kind, l.category, l.economic, l.source}, l.staged))
	}
	return rows
}

func (yr *year) balanceRows() [][]string {
	rows := [][]string{{"项目", "资金来源", "金额（万元）"}}
	for _, f := range yr.flows {
		rows = append(rows, []string{"年初结转和结余", f.source, f.opening.String()}, []string{"年末结转和结余", f.source, f.closing.String()})
	}
	return rows
}

func (yr *year) projectRows() [][]string {
	rows := [][]string{{"项目标识", "项目名称", "资金来源", "年初预算数（万元）", "全年预算数（万元）", "执行数（万元）", "计划完成", "是否按时完成", "绩效目标", "监控结论", "说明"}}
	for _, p := range yr.projects {
		onTime, verdict, note := "是", "良好", "按计划完成"
		if p.late {
			onTime, verdict, note = "否", "较慢", "前期准备用时较长，余下部分转到下年"
		}
		rows = append(rows, row([]string{p.slug, p.name, p.from}, p.sum, fmt.Sprintf("%d年12月", yr.year), onTime, fmt.Sprintf("%s%d%s", p.goal, p.plan, p.unit), verdict, note))
	}
	return rows
}

func (yr *year) executionRows() [][]string {
	rows := [][]string{{"季度", "累计执行数（万元）"}}
	for i, name := range quarterNames {
		rows = append(rows, []string{name, yr.quarters[i].String()})
	}
	return rows
}

var quarterNames = [4]string{"一季度", "二季度", "三季度", "四季度"}

func (yr *year) threePublicRows() [][]string {
	total, overseas, vehicles, reception := yr.threePublic()
	none := ""
	return [][]string{
		{"项目", "年初预算数（万元）", "全年预算数（万元）", "决算数（万元）", "团组数", "保有量", "批次", "人次"},
		row([]string{"合计"}, total, none, none, none, none),
		row([]string{"因公出国（境）费"}, overseas, count(yr.groups), none, none, count(yr.travellers)),
		row([]string{"公务用车购置费"}, staged{}, none, none, none, none),
		row([]string{"公务用车运行维护费"}, vehicles, none, count(yr.vehicles), none, none),
		row([]string{"公务接待费"}, reception, none, none, count(yr.batches), count(yr.guests)),
	}
}

func (yr *year) procurementRows() [][]string {
	rows := [][]string{{"类别", "预算（万元）", "实际（万元）", "其中中小企业（万元）", "其中小微企业（万元）"}}
	cells := func(name string, p procured) []string {
		return []string{name, p.plan.String(), p.actual.String(), p.sme.String(), p.micro.String()}
	}
	for i, name := range []string{"货物", "工程", "服务"} {
		rows = append(rows, cells(name, yr.procured[i]))
	}
	return append(rows, cells("合计", yr.procurement()))
}

func (yr *year) procurement() procured {
	var total procured
	for _, p := range yr.procured {
		total.plan += p.plan
		total.actual += p.actual
		total.sme += p.sme
		total.micro += p.micro
	}
	return total
}

func (yr *year) assetRows() [][]string {
	rows := [][]string{{"类别", "其中", "数量", "原值（万元）", "在用原值（万元）", "备注"}}
	total := asset{name: "合计"}
	for _, a := range yr.assets {
		rows = append(rows, a.cells())
		if a.within == "" {
			total.quantity += a.quantity
			total.value += a.value
			total.inUse += a.inUse
		}
	}
	// Two bodies may own the same by chance; two files that are the same to the
	// letter are a mistake that checks look for.
	last := total.cells()
	last[len(last)-1] = fmt.Sprintf("%s%d年末账面数", yr.name, yr.year)
	return append(rows, last)
}

func (a asset) cells() []string {
	return []string{a.name, a.within, count(a.quantity), a.value.String(), a.inUse.String(), ""}
}

func (yr *year) staffingRows() [][]string {
	rows := [][]string{{"类别", "编制数", "实有数", "编外人数"}}
	name := "事业编制"
	if yr.civil() {
		name = "行政编制"
	}
	rows = append(rows, []string{name, count(yr.posts), count(yr.staff), ""})
	if yr.civil() && yr.workers > 0 {
		rows = append(rows, []string{"工勤编制", count(yr.workers), count(yr.workers), ""})
	}
	return append(rows, []string{"编外人员", "", "", count(yr.external)})
}

// goalRows sets the goals of the department as a whole: the projects' counts,
// time, results and satisfaction, 90 points together, as is the custom beside 10
// for spending the budget.
func (yr *year) goalRows() [][]string {
	rows := [][]string{{"对象", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施"}}
	goal := func(level1, level2, level3, target, actual string, points, score amount, reason string) {
		rows = append(rows, []string{"部门整体", level1, level2, level3, target, actual, points.String(), score.String(), reason})
	}
	onTime := 0
	for _, p := range yr.projects {
		score, reason := amount(500), ""
		if p.done < p.plan {
			score, reason = amount(500*p.done/p.plan), "前期准备用时较长，已列入下年一季度计划"
		}
		if !p.late {
			onTime++
		}
		goal("产出指标", "数量指标", p.name+p.goal, fmt.Sprintf("≥%d%s", p.plan, p.unit), fmt.Sprintf("%d%s", p.done, p.unit), 500, score, reason)
	}
	onTimeScore := amount(1000 * onTime / projectCount)
	reason := ""
	if onTime < projectCount {
		reason = "部分项目前期准备用时较长"
	}
	goal("产出指标", "时效指标", "项目按时完成数", fmt.Sprintf("≥%d个", projectCount), fmt.Sprintf("%d个", onTime), 1000, onTimeScore, reason)
	goal("效益指标", "社会效益", "重大安全事故", "0起", "0起", 2000, 2000, "")
	goal("效益指标", "可持续影响", "管理制度", "≥4项", fmt.Sprintf("%d项", 4+yr.retired%3), 1000, 1000, "")
	goal("满意度指标", "服务对象满意度", "服务对象满意率", "≥90%", percentText(yr.services[0].satisfactionCent), 1000, 1000, "")
	return rows
}

func percentText(hundredths int) string {
	return fmt.Sprintf("%d.%02d%%", hundredths/100, hundredths%100)
}

func (yr *year) serviceRows() [][]string {
	rows := [][]string{{"事项", "件数", "按时办结数", "满意率（%）"}}
	for _, s := range yr.services {
		rows = append(rows, []string{s.name, count(s.count), count(s.onTime), fmt.Sprintf("%d.%02d", s.satisfactionCent/100, s.satisfactionCent%100)})
	}
	return rows
}

func (yr *year) disclosureRows() [][]string {
	day := func(y, m, d int) string { return fmt.Sprintf("%d-%02d-%02d", y, m, d) }
	return [][]string{
		{"文件", "批复日期", "公开日期"},
		{"部门预算", day(yr.year, 2, 5), day(yr.year, 2, 10+yr.index%14)},
		{"部门决算", day(yr.year+1, 8, 20), day(yr.year+1, 9, 1+yr.index%8)},
	}
}
