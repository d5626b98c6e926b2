package score

import (
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// The findings about rubrics and scores.
var (
	BadRubric = &diag.Code{
		Word: "bad-rubric", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "评分表「%s」有错：%s", EN: "the rubric %s is wrong: %s"},
		Why:      lang.Text{ZH: "权重不合、分档有空缺或输入不存在的评分表，算出的分数没有意义", EN: "with weights that do not add up, gaps between bands or inputs that do not exist a score means nothing"},
		Fix:      lang.Text{ZH: "按提示改正评分表；mingzhang explain --rubric 可以看到整张表", EN: "correct the rubric; mingzhang explain --rubric prints the whole table"},
	}
	UnknownRubric = &diag.Code{
		Word: "rubric-unknown", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "「%s」的评分表「%s」不存在", EN: "%s names the rubric %s, which does not exist"},
		Why:      lang.Text{ZH: "找不到评分表就算不出分数", EN: "without the rubric there is no score"},
		Fix:      lang.Text{ZH: "核对评分表的标识，或在 data/standard/rubrics/ 里添加", EN: "check the rubric's id, or add it in data/standard/rubrics/"},
	}
	ReviewUnknown = &diag.Code{
		Word: "review-item-unknown", Severity: diag.Warning, Since: "0.3.0",
		Headline: lang.Text{ZH: "评分表「%s」里没有指标「%s」", EN: "the rubric %s has no item %s"},
		Why:      lang.Text{ZH: "对不上评分表的一行评分不会计入总分", EN: "a judged score that fits no item is not counted"},
		Fix:      lang.Text{ZH: "照评分表改写指标名称", EN: "use the item's name as in the rubric"},
	}
	ReviewRange = &diag.Code{
		Word: "review-score-range", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "「%s」得 %s 分，不在 0 到 %s 分之间", EN: "%s has %s points, which is not between 0 and %s"},
		Why:      lang.Text{ZH: "得分不能超过权重，也不能小于零", EN: "a score lies between zero and the item's weight"},
		Fix:      lang.Text{ZH: "核对得分；百分制的得分要换算成评分表的分值", EN: "check the score; convert it to the item's points"},
	}
	LostWithoutReason = &diag.Code{
		Word: "lost-points-without-reason", Severity: diag.Warning, Since: "0.3.0",
		Headline: lang.Text{ZH: "「%s」扣了 %s 分，没有写理由", EN: "%s lost %s points and gives no reason"},
		Why:      lang.Text{ZH: "扣分要说明原因，公众才知道差在哪里", EN: "readers should know why points were lost"},
		Fix:      lang.Text{ZH: "在评价表的「理由」列写明", EN: "give the reason in the column 理由"},
	}
	OwnScoreDiffers = &diag.Code{
		Word: "own-score-differs", Severity: diag.Note, Since: "0.3.0",
		Headline: lang.Text{ZH: "自评总分 %s，按评分表算得 %s", EN: "the department gives itself %s; the rubric comes to %s"},
		Why:      lang.Text{ZH: "两者不同，可能是评分表不同、数据不同或算错", EN: "rubric, data or arithmetic differ"},
		Fix:      lang.Text{ZH: "对照得分明细，找出不同的指标", EN: "compare item by item"},
	}
)

// Codes lists the findings of this package.
var Codes = []*diag.Code{BadRubric, UnknownRubric, ReviewUnknown, ReviewRange, LostWithoutReason, OwnScoreDiffers}
