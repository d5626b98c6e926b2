package claim

import (
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

const since = "0.3.0"

// The findings about the numbers of a text.
var (
	Impossible = &diag.Code{
		Word: "claim-contradicts", Severity: diag.Error, Since: since,
		Headline: lang.Text{ZH: "「%s」与同处的数算不到一起，应为 %s", EN: "%s cannot follow from the numbers beside it, which give %s"},
		Why:      lang.Text{ZH: "考虑了四舍五入仍然算不出这个数，读者一算就会发现", EN: "even with rounding the numbers cannot give this; any reader may compute it"},
		Fix:      lang.Text{ZH: "核对这个数和算式里的各个数，改正写错的一个", EN: "check this number and those in the arithmetic; correct the wrong one"},
	}
	UnitSlip = &diag.Code{
		Word: "claim-unit", Severity: diag.Error, Since: since,
		Headline: lang.Text{ZH: "「%s」差了 %s 倍，像是单位或小数点写错", EN: "%s is off by a factor of %s: the unit or the point seems wrong"},
		Why:      lang.Text{ZH: "元写成万元、万元写成元，公众看到的数就差一万倍", EN: "yuan for ten thousand yuan is what readers remember of a report"},
		Fix:      lang.Text{ZH: "核对单位（元、万元、亿元）和小数点", EN: "check the unit and the decimal point"},
	}
	NotTheSum = &diag.Code{
		Word: "claim-sum", Severity: diag.Error, Since: since,
		Headline: lang.Text{ZH: "「%s」与所列各项之和 %s 不等", EN: "%s is not the sum of its parts, %s"},
		Why:      lang.Text{ZH: "列出的各项合起来应当等于总数", EN: "the parts that are listed should come to the total"},
		Fix:      lang.Text{ZH: "核对总数和各项；没有列全就写明“等”或补全", EN: "check total and parts; if the list is not complete, say so or complete it"},
	}
	WrongDirection = &diag.Code{
		Word: "claim-direction", Severity: diag.Error, Since: since,
		Headline: lang.Text{ZH: "「%s」的增减方向与数不符", EN: "the direction of %s does not agree with the numbers"},
		Why:      lang.Text{ZH: "数是增加的却写减少（或相反），结论就反了", EN: "a rise called a fall turns the conclusion round"},
		Fix:      lang.Text{ZH: "核对增加、减少、大于、小于等词和两个数的先后", EN: "check the words and which number comes first"},
	}
	ZeroBase = &diag.Code{
		Word: "claim-zero-base", Severity: diag.Error, Since: since,
		Headline: lang.Text{ZH: "基数为 0，不能有「%s」", EN: "on a base of zero there is no %s"},
		Why:      lang.Text{ZH: "除以 0 没有结果，写成 100% 会误导读者", EN: "a division by zero has no result; 100 % misleads"},
		Fix:      lang.Text{ZH: "只写增加的金额，增减率写“—”或“不可比”", EN: "give the amount only and write — for the rate"},
	}
	Inconsistent = &diag.Code{
		Word: "claim-inconsistent", Severity: diag.Error, Since: since,
		Headline: lang.Text{ZH: "同一个数，这里写「%s」，别处写「%s」", EN: "the same number is %s here and %s elsewhere"},
		Why:      lang.Text{ZH: "同一件事说了两次，前后应当一致", EN: "what is said twice should agree"},
		Fix:      lang.Text{ZH: "核对以哪个为准；口径不同就写明口径", EN: "find out which is right; if their scope differs, say so"},
	}
	Nested = &diag.Code{
		Word: "claim-nested", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "各项之和超过「%s」，去掉「%s」正好相等：它很可能已包含在另一项里", EN: "the parts exceed %s; without %s they agree: it is probably nested in another part"},
		Why:      lang.Text{ZH: "并列写出的一项若已含在另一项里，读者会重复计算", EN: "a part that stands inside another is counted twice by readers"},
		Fix:      lang.Text{ZH: "改写为“其中”，或核对各项", EN: "write it as a part of the other, or check the parts"},
	}
	SharesSum = &diag.Code{
		Word: "claim-shares", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "各项占比合计 %s，不是 100%%", EN: "the shares come to %s, not to 100%%"},
		Why:      lang.Text{ZH: "各项合起来就是总数，占比之和应为 100%，误差不应超过四舍五入", EN: "parts of a whole have shares that come to 100 %, up to rounding"},
		Fix:      lang.Text{ZH: "逐项重算占比", EN: "compute each share again"},
	}
	CountOff = &diag.Code{
		Word: "claim-count", Severity: diag.Warning, Since: "0.9.0",
		Headline: lang.Text{ZH: "说有「%s」，后面列出的是 %s 个", EN: "%s are announced and %s are listed"},
		Why:      lang.Text{ZH: "单位、机构的个数和名单要一致，读者会数", EN: "number and names of bodies should agree; readers count"},
		Fix:      lang.Text{ZH: "核对个数和名单；没有列全就写明“等”", EN: "check number and names; if some are left out, say so"},
	}
	Question = &diag.Code{
		Word: "claim-question", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "「%s」与别处说的进度不一样，是否同一口径？", EN: "%s differs from the progress told elsewhere: is it the same measure?"},
		Why:      lang.Text{ZH: "同一件事的进度有两种说法，读者会问以哪个为准", EN: "two ways to tell one progress make readers ask which is right"},
		Fix:      lang.Text{ZH: "口径不同就写明按什么计算，否则统一", EN: "say how each is measured, or make them agree"},
	}
	UnitMissing = &diag.Code{
		Word: "claim-no-unit", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "「%s」没有单位，是不是漏了 %% 或万元？", EN: "%s has no unit: is a %% or an amount meant?"},
		Why:      lang.Text{ZH: "没有单位的增减，读者无法理解", EN: "a change without a unit says nothing"},
		Fix:      lang.Text{ZH: "补上单位", EN: "add the unit"},
	}
	DoubtfulUnit = &diag.Code{
		Word: "claim-unit-doubtful", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "「%s」只有几百几千元，是不是漏写了“万”？", EN: "%s is a very small amount: is 万 missing?"},
		Why:      lang.Text{ZH: "前后都以万元计，这里的元可能是漏字", EN: "the numbers around it are in ten thousand yuan"},
		Fix:      lang.Text{ZH: "核对单位", EN: "check the unit"},
	}
	HeadingTwice = &diag.Code{
		Word: "heading-twice", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "标题序号「%s」用了两次", EN: "the heading number %s is used twice"},
		Why:      lang.Text{ZH: "序号重复，引用时分不清是哪一条", EN: "with two headings of one number no reference is clear"},
		Fix:      lang.Text{ZH: "重排后面的序号，并看看有没有整段重复", EN: "number on, and see whether a passage was pasted twice"},
	}
	TableAbsent = &diag.Code{
		Word: "table-absent", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "提到的「%s」不在文中", EN: "%s is mentioned and is not there"},
		Why:      lang.Text{ZH: "让读者去看一张没有的表，说的数就无从核对", EN: "readers are sent to a table that they cannot find"},
		Fix:      lang.Text{ZH: "附上这张表，或改写这句话", EN: "add the table, or rewrite the sentence"},
	}
	Leftover = &diag.Code{
		Word: "template-leftover", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "文字里还留着模板的「%s」，没有填写或没有删去", EN: "%s is left over from a form in the text"},
		Why:      lang.Text{ZH: "留着空白或提示语的文字说明没有写完", EN: "a text with blanks or instructions is not finished"},
		Fix:      lang.Text{ZH: "填上内容；不适用就删去", EN: "fill it in, or delete it"},
	}
	NameVaries = &diag.Code{
		Word: "name-varies", Severity: diag.Warning, Since: since,
		Headline: lang.Text{ZH: "「%s」与「%s」像是同一个名称的两种写法", EN: "%s and %s look like one name written in two ways"},
		Why:      lang.Text{ZH: "同一个项目名称不一致，读者会当成两个", EN: "a project with two names is taken for two"},
		Fix:      lang.Text{ZH: "统一为批复或项目库里的名称", EN: "use the name under which it was approved"},
	}
	ReasonAbsent = &diag.Code{
		Word: "reason-absent", Severity: diag.Warning, Since: "0.8.0",
		Headline: lang.Text{ZH: "决算「%s」与年初预算「%s」不同，没有写原因", EN: "the outturn %s differs from the original budget %s, and no reason is given"},
		Why:      lang.Text{ZH: "决算公开要求逐项说明决算数与年初预算数不同的原因", EN: "accounts have to say for each item why the outturn is not the original budget"},
		Fix:      lang.Text{ZH: "在这一项后面写明原因，例如年中追加了什么、少做了什么", EN: "give the reason behind the item: what was added, what was not done"},
	}
	ItemOtherwise = &diag.Code{
		Word: "claim-item", Severity: diag.Warning, Since: "0.10.0",
		Headline: lang.Text{ZH: "「%s」与公开表的科目不一致：%s", EN: "%s is not an item as the tables have it: %s"},
		Why:      lang.Text{ZH: "文字逐项说明的科目，应当就是公开表里的科目，读者才对得上", EN: "items that a text explains should be those of the tables, or readers cannot match them"},
		Fix:      lang.Text{ZH: "核对类、款、项的名称，按公开表改正", EN: "check the names of class, division and item; correct them by the table"},
	}
	NearlyHeld = &diag.Code{
		Word: "claim-near", Severity: diag.Warning, Since: "0.10.0",
		Headline: lang.Text{ZH: "「%s」是不是写错了一个数字？数据里%s为 %s", EN: "is a digit of %s wrong? In the data %s is %s"},
		Why:      lang.Text{ZH: "数据里没有这个数，名称相同的数只差一位，或有两位颠倒", EN: "the data have no such number; the one of this name differs in one digit or in the order of two"},
		Fix:      lang.Text{ZH: "核对后改正；改用 {{…}} 引用就不会再写错", EN: "check and correct it; a {{…}} reference cannot be mistyped"},
	}
	OddDigit = &diag.Code{
		Word: "claim-odd", Severity: diag.Warning, Since: "0.11.0",
		Headline: lang.Text{ZH: "「%s」是不是写错了一个数字？这一段里同样的话后面都是「%s」", EN: "is a digit of %s wrong? Behind the same words of this paragraph stands %s"},
		Why:      lang.Text{ZH: "几处说法相同、数也相同，只有这个数差一位", EN: "several numbers behind the same words agree; this one differs in one digit"},
		Fix:      lang.Text{ZH: "核对这个数；本来就不同的不用改，可在 data/waivers.csv 写明", EN: "check it; where it is meant to differ, say so in data/waivers.csv"},
	}
	HeldOtherwise = &diag.Code{
		Word: "claim-data", Severity: diag.Error, Since: since,
		Headline: lang.Text{ZH: "「%s」与数据不符：%s为 %s", EN: "%s is not what the data say: %s is %s"},
		Why:      lang.Text{ZH: "文字和表格说的是同一个数，两处不一样，至少有一处错", EN: "text and table speak of one number; one of them is wrong"},
		Fix:      lang.Text{ZH: "核对后改正文字或数据；改用 {{…}} 引用就不会再不一致", EN: "correct the text or the data; a {{…}} reference cannot drift"},
	}
)

// Codes lists the findings of this package.
var Codes = []*diag.Code{
	Impossible, UnitSlip, NotTheSum, WrongDirection, ZeroBase, Inconsistent, Nested, SharesSum, CountOff, Question, UnitMissing,
	DoubtfulUnit, HeadingTwice, TableAbsent, Leftover, NameVaries, ReasonAbsent, ItemOtherwise, NearlyHeld, OddDigit, HeldOtherwise, ChangeOfNone, YearStale, YearCut,
}
