package sample

import (
	"fmt"
	"strings"
)

// body is a kind of public body: what it is called, what it is, and on which
// functions it spends.
type body struct {
	word   string // in addresses
	name   string
	kind   string // 单位性质
	parent int    // how many places before it in the list its responsible body stands; 0 is none
	run    string // function of its running costs
	works  []work
}

// work is something a body does as a project.
type work struct {
	name     string
	function string
	goal     string // what is counted
	unit     string
}

// The kinds of bodies of one region, in the order in which they are listed.
// Codes are those of the budget classification; the test holds them against it.
var bodies = []body{
	{"caizheng", "财政局", administrative, 0, "2010601", []work{
		{"国库集中支付业务", "2010605", "办理支付", "笔"}, {"财政信息系统运行", "2010607", "维护系统", "个"}, {"财政委托业务", "2010608", "委托评审项目", "个"}, {"预算绩效管理", "2010602", "组织评价项目", "个"},
	}},
	{"jiaoyu", "教育局", administrative, 0, "2050101", []work{
		{"小学校舍维修", "2050202", "维修校舍", "处"}, {"初中教学设备", "2050203", "配备设备", "套"}, {"学前教育资助", "2050201", "资助幼儿", "人"}, {"教师培训", "2050102", "培训教师", "人次"},
	}},
	{"xiaoxue", "实验小学", institution1, 1, "2050202", []work{
		{"校园维修改造", "2050202", "维修教室", "间"}, {"教学仪器更新", "2050202", "更新仪器", "套"}, {"课后服务", "2050202", "服务学生", "人"},
	}},
	{"minzheng", "民政局", administrative, 0, "2080201", []work{
		{"困难群众救助", "2081901", "救助对象", "人"}, {"养老服务设施补助", "2081006", "补助设施", "处"}, {"基层治理建设", "2080208", "建设社区", "个"}, {"福利彩票公益活动", "2296002", "开展活动", "场"},
	}},
	{"renshe", "人力资源和社会保障局", administrative, 0, "2080101", []work{
		{"劳动保障监察", "2080105", "检查单位", "家"}, {"就业服务", "2080106", "举办招聘会", "场"}, {"综合业务管理", "2080104", "办理业务", "件"},
	}},
	{"shuili", "水利局", administrative, 0, "2130301", []work{
		{"河道整治", "2130305", "整治河道", "公里"}, {"水利设施养护", "2130306", "养护设施", "处"}, {"水质监测", "2130312", "监测断面", "个"}, {"水土保持治理", "2130310", "治理面积", "公顷"},
	}},
	{"shuiguan", "水利工程管理所", institution1, 1, "2130306", []work{
		{"水闸维修养护", "2130306", "维修水闸", "座"}, {"堤防巡查", "2130306", "巡查堤防", "公里"}, {"灌区节水改造", "2130305", "改造渠道", "公里"},
	}},
	{"wenlv", "文化和旅游局", administrative, 0, "2070101", []work{
		{"公共文化活动", "2070108", "举办活动", "场"}, {"群众文化辅导", "2070109", "开展辅导", "次"}, {"文化展示", "2070105", "举办展览", "场"}, {"彩票公益文化项目", "2296010", "开展项目", "个"},
	}},
	{"tushuguan", "图书馆", institution1, 1, "2070104", []work{
		{"图书购置", "2070104", "新增图书", "册"}, {"古籍数字化", "2070104", "扫描古籍", "册"}, {"阅读推广", "2070104", "举办活动", "场"},
	}},
	{"chengguan", "城市管理局", administrative, 0, "2120101", []work{
		{"城市管理执法", "2120104", "巡查次数", "次"}, {"市政设施维护", "2120803", "维护设施", "处"}, {"环境卫生", "2120501", "清扫道路", "公里"}, {"工程建设管理", "2120106", "管理工程", "个"},
	}},
	{"sifa", "司法局", administrative, 0, "2040601", []work{
		{"基层司法业务", "2040604", "调解纠纷", "件"}, {"普法宣传", "2040605", "举办宣传", "场"}, {"司法行政事务", "2040602", "办理事项", "件"},
	}},
	{"tongji", "统计局", administrative, 0, "2010501", []work{
		{"专项统计调查", "2010505", "调查单位", "家"}, {"人口普查", "2010507", "登记住户", "户"}, {"统计抽样", "2010508", "抽样样本", "个"}, {"统计信息服务", "2010504", "发布资料", "期"},
	}},
	{"jiaotong", "交通运输局", administrative, 0, "2140101", []work{
		{"农村公路养护", "2140106", "养护公路", "公里"}, {"公路运输管理", "2140112", "检查车辆", "辆"}, {"公路安全设施", "2140110", "增设设施", "处"},
	}},
	{"shangwu", "商务局", administrative, 0, "2160201", []work{
		{"市场监测", "2160217", "监测企业", "家"}, {"商贸促进", "2160202", "举办活动", "场"}, {"消费促进", "2160299", "参与商户", "家"},
	}},
	{"dangxiao", "党校", civilService, 0, "2050802", []work{
		{"干部培训", "2050802", "培训学员", "人次"}, {"教学科研", "2050802", "完成课题", "个"}, {"校园运行", "2050802", "保障班次", "期"},
	}},
	{"yiyuan", "人民医院", institution2, 0, "2100201", []work{
		{"医疗设备购置", "2100201", "购置设备", "台"}, {"学科建设", "2100201", "建设专科", "个"}, {"基本公共卫生", "2100408", "服务居民", "人"},
	}},
}

// The kinds of bodies by their nature.
const (
	administrative = "行政单位"
	civilService   = "参照公务员法管理的事业单位"
	institution1   = "公益一类事业单位"
	institution2   = "公益二类事业单位"
)

// Invented regions are named after the sixty pairs of the calendar.
var (
	stems    = strings.Split("甲 乙 丙 丁 戊 己 庚 辛 壬 癸", " ")
	branches = strings.Split("子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥", " ")
)

// dept is one department of the directory.
type dept struct {
	body
	slug, code, name, region string
	index, parent            int
}

func (d *dept) civil() bool { return d.kind == administrative || d.kind == civilService }

func department(i int) *dept {
	region, n := i/len(bodies), i%len(bodies)
	b := bodies[n]
	pair := region % 60
	name := "示例" + stems[pair%10] + branches[pair%12]
	if round := region / 60; round > 0 {
		name += fmt.Sprintf("%d", round+1) + "号"
	}
	name += "区"
	d := &dept{body: b, index: i, parent: i - b.parent, region: name + "（虚构）", name: name + b.name}
	d.slug = fmt.Sprintf("s%05d-%s", i+1, b.word)
	d.code = fmt.Sprintf("%04d%02d", region+1, n+1)
	return d
}
