package figure

import (
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/money"
)

// Stored is a slim figure as it is kept between runs: what pages show that look
// at many department-years, without its origin.
type Stored struct {
	ID, Home      string
	Label, Column lang.Text
	Value         money.Stored
	Written       string
	Stage         Stage
	Spot          Spot
	Address       string
}

// Store returns the slim figure to be kept.
func (f *Figure) Store() Stored {
	return Stored{f.ID, f.Home, f.Label, f.Column, f.Value.Store(), f.Written, f.Stage, f.Spot, f.Address()}
}

// Figure returns what was kept.
func (s Stored) Figure() (*Figure, error) {
	v, err := s.Value.Value()
	return &Figure{
		ID: s.ID, Home: s.Home, Label: s.Label, Column: s.Column, Value: v, Written: s.Written, Stage: s.Stage, Spot: s.Spot, address: s.Address,
	}, err
}
