package claim

import "testing"

func TestBlanksOfAFormAreTold(t *testing.T) {
	for text, want := range map[string]string{
		"本年收入XX万元。":            "XX",
		"本年收入X×万元。":            "X×",
		"预算O〇O万元。":             "O〇O",
		"负责人○○。":               "○○",
		"较上年增加（减少）3.20万元。":     "增加（减少）",
		"【增加内容】":               "【增加内容】",
		"本单位自二〇〇〇年成立，二〇〇九年更名。": "",
		"采购的设备为BOOX阅读器。":       "",
		"公务用车购置及运行维护费增加，主要原因是车辆老化。": "",
	} {
		tells(t, text, Leftover, want)
	}
}
