package label

import "testing"

func TestFoldMakesWritingsOfOneNameEqual(t *testing.T) {
	for _, pair := range [][2]string{
		{"因公出国（境）费", "因公出国(境)费"},
		{"“三公”经费", "三公经费"},
		{"公务用⻋运行费", "公务用车运行费"},
		{"⻔", "门"},
		{"其它收入", "其他收入"},
		{"科目 名称", "科目名称"},
		{"ＳＭＥ", "sme"},
		{"一、财政拨款收入", "一,财政拨款收入"},
	} {
		if a, b := Fold(pair[0]), Fold(pair[1]); a != b {
			t.Errorf("%s and %s fold to %s and %s", pair[0], pair[1], a, b)
		}
	}
	if Fold("基本支出") == Fold("项目支出") {
		t.Error("different names fold alike")
	}
}

func TestSplitUnit(t *testing.T) {
	for in, want := range map[string][2]string{
		"年初预算数（万元）":        {"年初预算数", "万元"},
		"合计(元)":            {"合计", "元"},
		"因公出国（境）费":         {"因公出国（境）费", ""},
		"因公出国（境）费（万元）":     {"因公出国（境）费", "万元"},
		"使用非财政拨款结余（含专用结余）": {"使用非财政拨款结余", "含专用结余"},
		"年初预算数(单位：万元)":     {"年初预算数", "万元"},
		"执行率（%）":           {"执行率", "%"},
		"科目名称":             {"科目名称", ""},
		"年初预算数【万元】":        {"年初预算数", "万元"},
		"年初预算数 [单位：元]":     {"年初预算数", "元"},
		"［万元］":             {"［万元］", ""},
	} {
		if name, unit := SplitUnit(in); name != want[0] || unit != want[1] {
			t.Errorf("SplitUnit(%s) = %q, %q", in, name, unit)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"年初预算数", "全年预算数", "决算数", "资金来源"}
	for in, want := range map[string]string{"年初预算": "年初预算数", "全年预数算": "全年预算数", "资金渠道": "", "决算": "决算数", "备注": ""} {
		if got := Nearest(in, names); got != want {
			t.Errorf("Nearest(%s) = %q; want %q", in, got, want)
		}
	}
}

func TestCleanReportsLookalikes(t *testing.T) {
	if s, bad := Clean(" 公务用⻋\n费 "); s != "公务用车 费" || !bad {
		t.Errorf("Clean = %q, %v", s, bad)
	}
	if s, bad := Clean("公务用车"); s != "公务用车" || bad {
		t.Errorf("Clean = %q, %v", s, bad)
	}
}
