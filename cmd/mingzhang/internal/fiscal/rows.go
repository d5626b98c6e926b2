package fiscal

import "mingzhang/cmd/mingzhang/internal/schema"

// The typed rows of the data contract. The csv tags are the field ids of the
// schemas in standard/schema; a test holds both against each other.

// Common stands in every row.
type Common struct {
	Department schema.Text  `csv:"department"`
	Year       schema.Text  `csv:"year"`
	Secret     schema.YesNo `csv:"secret"`
	Remark     schema.Text  `csv:"remark"`
	Page       schema.Text  `csv:"page"` // page of the published original
}

func (c *Common) common() *Common { return c }

// Staged is a number at the three stages of the year.
type Staged struct {
	Original schema.Amount `csv:"original"`
	Adjusted schema.Amount `csv:"adjusted"`
	Outturn  schema.Amount `csv:"outturn"`
}

// Income is a source of money.
type Income struct {
	Common
	Staged
	Source   schema.Choice `csv:"source"`
	Function schema.Text   `csv:"function"`
	Name     schema.Text   `csv:"name"`
}

// Expenditure is a line of spending, by function, by category or by economic
// class.
type Expenditure struct {
	Common
	Staged
	Function schema.Text   `csv:"function"`
	Name     schema.Text   `csv:"name"`
	Type     schema.Choice `csv:"type"`
	Category schema.Choice `csv:"category"`
	Economic schema.Text   `csv:"economic"`
	Source   schema.Choice `csv:"source"`
}

// Balance is a carry-over or surplus.
type Balance struct {
	Common
	Staged
	Kind     schema.Choice `csv:"kind"`
	Source   schema.Choice `csv:"source"`
	Function schema.Text   `csv:"function"`
}

// Project is a project with its money and goal.
type Project struct {
	Common
	Staged
	Slug        schema.Text   `csv:"slug"`
	Parent      schema.Text   `csv:"parent"`
	Name        schema.Text   `csv:"name"`
	Source      schema.Choice `csv:"source"`
	Planned     schema.Text   `csv:"planned"`
	OnTime      schema.YesNo  `csv:"on-time"`
	Goal        schema.Text   `csv:"goal"`
	Monitoring  schema.Text   `csv:"monitoring"`
	Explanation schema.Text   `csv:"explanation"`
}

// Quarter is the execution from the start of the year to a quarter's end.
type Quarter struct {
	Common
	Quarter schema.Choice `csv:"quarter"`
	Outturn schema.Amount `csv:"outturn"`
	Rate    schema.Amount `csv:"rate"`
}

// ThreePublic is one of the three public expenses, or an expense shown with
// them.
type ThreePublic struct {
	Common
	Staged
	Item    schema.Choice `csv:"item"`
	Groups  schema.Amount `csv:"groups"`
	Persons schema.Amount `csv:"persons"`
	Bought  schema.Amount `csv:"bought"`
	Held    schema.Amount `csv:"held"`
	Batches schema.Amount `csv:"batches"`
}

// Procurement is a category of government procurement.
type Procurement struct {
	Common
	Category schema.Choice `csv:"category"`
	Plan     schema.Amount `csv:"plan"`
	Actual   schema.Amount `csv:"actual"`
	SME      schema.Amount `csv:"sme"`
	Micro    schema.Amount `csv:"micro"`
	SMEPlan  schema.Amount `csv:"sme-plan"`
}

// Asset is a class of fixed assets.
type Asset struct {
	Common
	Category schema.Text   `csv:"category"`
	Within   schema.Text   `csv:"within"`
	Quantity schema.Amount `csv:"quantity"`
	Value    schema.Amount `csv:"value"`
	InUse    schema.Amount `csv:"in-use"`
}

// Staffing is a kind of post.
type Staffing struct {
	Common
	Kind     schema.Choice `csv:"kind"`
	Posts    schema.Amount `csv:"posts"`
	Staff    schema.Amount `csv:"staff"`
	External schema.Amount `csv:"external"`
}

// Goal is a performance indicator with its target.
type Goal struct {
	Common
	Object schema.Text   `csv:"object"`
	Level1 schema.Text   `csv:"level1"`
	Level2 schema.Text   `csv:"level2"`
	Level3 schema.Text   `csv:"level3"`
	Target schema.Text   `csv:"target"`
	Actual schema.Text   `csv:"actual"`
	Points schema.Amount `csv:"points"`
	Score  schema.Amount `csv:"score"`
	Reason schema.Text   `csv:"reason"`
}

// Service is a channel of petitions or a survey.
type Service struct {
	Common
	Matter       schema.Text   `csv:"matter"`
	Count        schema.Amount `csv:"count"`
	OnTime       schema.Amount `csv:"on-time"`
	OnTimeRate   schema.Amount `csv:"on-time-rate"`
	Satisfaction schema.Amount `csv:"satisfaction"`
}

// Disclosure is a published document.
type Disclosure struct {
	Common
	Document  schema.Choice `csv:"document"`
	Approved  schema.Date   `csv:"approved"`
	Published schema.Date   `csv:"published"`
	Link      schema.Text   `csv:"link"`
}

// Review is an item of a rubric that people judged.
type Review struct {
	Common
	Item   schema.Text   `csv:"item"`
	Score  schema.Amount `csv:"score"`
	Reason schema.Text   `csv:"reason"`
}

// Prior is a figure of a year that has no folder of its own.
type Prior struct {
	Common
	Indicator schema.Choice `csv:"indicator"`
	Amount    schema.Amount `csv:"amount"`
}
