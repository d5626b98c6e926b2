package figure

import (
	"unique"

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
	Address       string // empty where it follows from the id
}

// Store returns the slim figure to be kept.
func (f *Figure) Store() Stored {
	f = f.Slim()
	return Stored{f.ID, f.Home, f.Label, f.Column, f.Value.Store(), f.Written, f.Stage, f.Spot, f.address}
}

// Figure returns what was kept.
func (s Stored) Figure() (*Figure, error) {
	v, err := s.Value.Value()
	return &Figure{
		ID: one(s.ID), Home: one(s.Home), Label: both(s.Label), Column: both(s.Column), Value: v, Written: s.Written, Stage: s.Stage, Spot: s.Spot, address: s.Address,
	}, err
}

// one shares the bytes of texts that many figures have.
func one(s string) string { return unique.Make(s).Value() }

func both(t lang.Text) lang.Text { return lang.Text{ZH: one(t.ZH), EN: one(t.EN)} }
