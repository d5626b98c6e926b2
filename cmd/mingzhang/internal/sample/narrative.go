package sample

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"mingzhang/cmd/mingzhang/internal/standard"
)

// narrativeBytes is the least length of a year's narrative.
const narrativeBytes = 8192

func wan(a amount) string { return a.String() + "万元" }

// percent is a share of a whole in percent, two decimals, half away from zero.
func percent(part, whole amount) string {
	if whole == 0 {
		return "—"
	}
	n := (int64(part)*20000 + int64(whole)) / (2 * int64(whole))
	return percentText(int(n))
}

// change tells how an amount moved against the year before.
func change(now, then amount) string {
	switch {
	case then == 0:
		return "上年没有这项支出"
	case now > then:
		return fmt.Sprintf("比上年增加%s，增长%s", wan(now-then), percent(now-then, then))
	case now < then:
		return fmt.Sprintf("比上年减少%s，下降%s", wan(then-now), percent(then-now, then))
	}
	return "与上年相同"
}

// narrative writes the year's report. Every number in it is a number of the
// tables or follows from them.
func (yr *year) narrative(before *year, r *rand.Rand) []byte {
	var b bytes.Buffer
	say := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	total := yr.total()
	say("+++\ntitle = \"%s%d年度决算情况说明（虚构示例）\"\ndate = \"%d-09-01\"\nsource = \"虚构示例\"\n+++\n\n", yr.name, yr.year, yr.year+1)

	say("## 一、部门主要职责\n\n%s贯彻执行有关法律法规和方针政策，拟订本领域的年度计划，并组织实施和监督检查。%s\n\n", yr.name, pick(closings...))
	say("本年度主要做了以下几项工作：\n\n")
	for _, p := range yr.projects {
		say("- **%s**：计划%s%d%s，实际%s%d%s。\n", p.name, p.goal, p.plan, p.unit, p.goal, p.done, p.unit)
	}
	say("\n## 二、收入支出决算总体情况\n\n")
	var income staged
	for _, f := range yr.flows {
		income.add(f.income)
	}
	say("%d年度本年收入合计%s，本年支出合计%s。", yr.year, wan(income.outturn), wan(total.outturn))
	if before != nil {
		say("本年支出%s。", change(total.outturn, before.total().outturn))
	}
	say("\n\n年初预算%s，全年预算调整为%s，决算%s，预算执行率%s。%s\n\n", wan(total.original), wan(total.adjusted), wan(total.outturn), percent(total.outturn, total.adjusted), pick(closings...))
	say("收入按资金来源分：\n\n| 资金来源 | 全年预算数（万元） | 决算数（万元） |\n|---|---:|---:|\n")
	for _, f := range yr.flows {
		say("| %s | %s | %s |\n", f.source, f.income.adjusted, f.income.outturn)
	}

	of := func(kind, category string) staged {
		return yr.sum(func(l *line) bool { return l.kind == kind && (category == "" || l.category == category) })
	}
	base, people, running, work := of(basic, ""), of(basic, personnel), of(basic, operating), of(projects, "")
	say("\n## 三、支出决算情况\n\n**基本支出**决算%s，占本年支出的%s；**项目支出**决算%s，占本年支出的%s。\n\n", wan(base.outturn), percent(base.outturn, total.outturn), wan(work.outturn), percent(work.outturn, total.outturn))
	say("1. 人员经费决算%s，主要用于在职人员的工资、津贴补贴、社会保险缴费和住房公积金。\n2. 公用经费决算%s，主要用于保障机构正常运转、完成日常工作任务。\n3. 项目支出全年预算%s，执行率%s。\n\n", wan(people.outturn), wan(running.outturn), wan(work.adjusted), percent(work.outturn, work.adjusted))
	for _, p := range yr.projects {
		say("%s年初预算%s，全年预算%s，执行%s，执行率%s。", p.name, wan(p.sum.original), wan(p.sum.adjusted), wan(p.sum.outturn), percent(p.sum.outturn, p.sum.adjusted))
		if p.late {
			say("%s\n\n", pick("前期准备用时较长，未完成的部分转到下年实施，已明确责任科室和完成时间。", "采购程序用时较长，进度慢于计划，已与供应单位约定在下年一季度完成。"))
		} else {
			say("%s\n\n", pick("项目按计划完成，达到了年初设定的绩效目标。", "资金按合同和进度支付，验收合格。", "项目执行平稳，服务对象反映良好。"))
		}
	}

	sum, overseas, vehicles, reception := yr.threePublic()
	say("## 四、“三公”经费支出决算情况\n\n三公经费年初预算%s，决算%s，完成年初预算的%s。", wan(sum.original), wan(sum.outturn), percent(sum.outturn, sum.original))
	say("%s\n\n", pick("本单位按照“过紧日子”的要求，压减一般性支出。", "本单位严格控制三公经费规模，做到先有预算、再有支出。"))
	if overseas.outturn > 0 {
		say("- 因公出国（境）费决算%s，全年安排团组%d个、%d人次。\n", wan(overseas.outturn), yr.groups, yr.travellers)
	} else {
		say("- 没有因公出国（境）。\n")
	}
	say("- 公务用车运行维护费决算%s，年末公务用车保有量%d辆；没有购置公务用车。\n", wan(vehicles.outturn), yr.vehicles)
	say("- 公务接待费决算%s，国内公务接待%d批次、%d人次。\n\n", wan(reception.outturn), yr.batches, yr.guests)

	bought := yr.procurement()
	say("## 五、政府采购和国有资产情况\n\n政府采购预算%s，实际采购%s，其中授予中小企业合同金额%s，占实际采购的%s；授予小微企业合同金额%s。\n\n", wan(bought.plan), wan(bought.actual), wan(bought.sme), percent(bought.sme, bought.actual), wan(bought.micro))
	for _, a := range yr.assets {
		say("%s原值%s，在用原值%s。", a.name, wan(a.value), wan(a.inUse))
	}
	say("\n\n> %s\n\n", pick(closings...))

	say("## 六、预算绩效情况\n\n核定编制%d名，实有%d人。", yr.posts, yr.staff)
	for _, s := range yr.services {
		say("全年办理%s%d件，按时办结%d件，满意率%s。", s.name, s.count, s.onTime, percentText(s.satisfactionCent))
	}
	say("\n\n一季度累计执行%s，二季度累计执行%s，三季度累计执行%s，四季度累计执行%s。\n\n", wan(yr.quarters[0]), wan(yr.quarters[1]), wan(yr.quarters[2]), wan(yr.quarters[3]))

	say("## 七、主要支出的构成\n\n")
	for _, l := range yr.lines {
		if l.kind == basic && l.outturn > 1000 {
			say("- %s决算%s，全年预算%s，执行率%s\n", standard.Economics().Name(l.economic, yr.year), wan(l.outturn), wan(l.adjusted), percent(l.outturn, l.adjusted))
		}
	}
	say("\n## 八、问题和下一步\n\n")
	for b.Len() < narrativeBytes {
		say("%s%s\n\n", pick(closings...), pick(closings...))
	}
	return b.Bytes()
}

// closings are sentences that hold for any year.
var closings = []string{
	"年中追加的资金都按规定程序报批，并在批复后及时分解到科室和项目。",
	"各项支出都有预算、有依据，资金支付经过审核，没有发现截留、挪用的情况。",
	"下一步将继续加强预算绩效管理，开展绩效运行监控，把评价结果作为以后年度预算安排的重要依据。",
	"存在的主要问题是个别项目前期准备不够充分，执行进度偏慢；部分绩效指标设置不够细化，可衡量性有待提高。",
	"本单位优化支出结构，把钱用在为群众办事的项目上，压减会议、印刷等一般性支出。",
	"决算数与预算数的差异主要来自年中人员变动和项目进度，已在各表的说明里逐项写明。",
	"固定资产账实相符，年末组织了全面盘点，闲置设备已列入调剂清单。",
	"对外公开前，由财务和业务科室共同核对了各张表之间的勾稽关系。",
	"项目实施前做了可行性论证和成本测算，实施中按季度检查，完成后组织验收。",
}

// profileOf writes what a department is.
func profileOf(d *dept) []byte {
	return fmt.Appendf(nil, `+++
title = "%s（虚构）"
source = "虚构示例"
+++

## 主要职责

%s是**虚构的示例部门**（%s），负责本领域的日常管理和服务，数字都是编造的。

## 机构设置

内设办公室、财务科和若干业务科室。
`, d.name, d.name, d.kind)
}
