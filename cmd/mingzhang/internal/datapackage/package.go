// Package datapackage describes the published tables as Data Packages
// (datapackage.org, version 2): one for each department-year, whose columns are
// those that its files really have, and one for the whole site with the long
// tables and everything to which they refer. Schemas follow from the standard
// tables; nothing is described by hand.
package datapackage

import (
	"bytes"
	"encoding/json"
	"regexp"

	"mingzhang/cmd/mingzhang/internal/config"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/spare"
)

const profile = "https://datapackage.org/profiles/2.0/"

// FileName is the name of a package's descriptor.
const FileName = "datapackage.json"

// Package is a descriptor.
type Package struct {
	Profile      string        `json:"$schema"`
	Name         string        `json:"name"`
	ID           string        `json:"id,omitempty"`
	Title        string        `json:"title"`
	TitleEN      string        `json:"title_en,omitempty"`
	Description  string        `json:"description,omitempty"`
	Homepage     string        `json:"homepage,omitempty"`
	AsOf         string        `json:"as_of,omitempty"` // the day to which the data are complete
	Keywords     []string      `json:"keywords,omitempty"`
	Licenses     []License     `json:"licenses,omitempty"`
	Contributors []Contributor `json:"contributors,omitempty"`
	Sources      []Source      `json:"sources,omitempty"`
	Resources    []Resource    `json:"resources"`
}

// License is under what the data may be used.
type License struct {
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
	Path  string `json:"path,omitempty"`
}

// Contributor is who publishes.
type Contributor struct {
	Title string   `json:"title"`
	Roles []string `json:"roles"`
}

// Source is whence the figures come.
type Source struct {
	Title string `json:"title"`
}

// Resource is a file of the package.
type Resource struct {
	Name        string   `json:"name"`
	Type        string   `json:"type,omitempty"`
	Path        string   `json:"path"`
	Title       string   `json:"title,omitempty"`
	TitleEN     string   `json:"title_en,omitempty"`
	Description string   `json:"description,omitempty"`
	Format      string   `json:"format"`
	MediaType   string   `json:"mediatype"`
	Encoding    string   `json:"encoding,omitempty"`
	Dialect     *Dialect `json:"dialect,omitempty"`
	Schema      any      `json:"schema,omitempty"` // a Schema, or the path of one
}

// Dialect is how a CSV file is written.
type Dialect struct {
	LineTerminator string `json:"lineTerminator"`
}

// Schema is a Table Schema.
type Schema struct {
	Profile       string         `json:"$schema"`
	Title         string         `json:"title,omitempty"`
	TitleEN       string         `json:"title_en,omitempty"`
	Description   string         `json:"description,omitempty"`
	Fields        []Field        `json:"fields"`
	PrimaryKey    []string       `json:"primaryKey,omitempty"`
	ForeignKeys   []ForeignKey   `json:"foreignKeys,omitempty"`
	MissingValues []string       `json:"missingValues"` // texts, as readers of versions 1 and 2 take them
	States        []MissingValue `json:"states,omitempty"`
}

// Field is a column.
type Field struct {
	Name        string       `json:"name"`
	ID          string       `json:"id,omitempty"` // in the data dictionary
	Type        string       `json:"type"`
	Format      string       `json:"format,omitempty"`
	Title       string       `json:"title,omitempty"`
	TitleEN     string       `json:"title_en,omitempty"`
	Description string       `json:"description,omitempty"`
	Unit        string       `json:"unit,omitempty"`
	Stage       string       `json:"stage,omitempty"`
	Constraints *Constraints `json:"constraints,omitempty"`
}

// Constraints is what the values of a column keep.
type Constraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// ForeignKey says where the values of columns stand as keys.
type ForeignKey struct {
	Fields    []string  `json:"fields"`
	Reference Reference `json:"reference"`
}

// Reference is a table and its key.
type Reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// MissingValue is a text that stands in place of a value, and the state that it
// means.
type MissingValue struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// What stands in a department's CSV where there is no number, and which state
// each means.
var (
	missing = []string{"", "—", "*"}
	states  = []MissingValue{{"", "not-reported"}, {"—", "not-applicable"}, {"*", "withheld"}}
)

// Bytes renders a descriptor or a schema. They are read by programs, and spaces
// would be a third of them. The bytes are lent by package spare.
func Bytes(v any) []byte {
	b := bytes.NewBuffer(spare.Bytes())
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts only
	}
	return b.Bytes()
}

var licenseName = regexp.MustCompile(`^[-a-zA-Z0-9._]+$`)

// start begins the descriptor of a package with what the settings say.
func start(cfg *config.Config, name string, title lang.Text, path string) *Package {
	p := &Package{Profile: profile + "datapackage.json", Name: name, Title: title.ZH, TitleEN: title.EN, AsOf: cfg.AsOf}
	if cfg.BaseURL != "" {
		p.Homepage = cfg.BaseURL + "/" + path
		p.ID = p.Homepage + FileName
	}
	if l := (License{Title: cfg.License, Path: cfg.LicenseURL}); l.Path != "" {
		p.Licenses = []License{l}
	} else if licenseName.MatchString(cfg.License) {
		p.Licenses = []License{{Name: cfg.License}}
	}
	if cfg.Publisher != "" {
		p.Contributors = []Contributor{{cfg.Publisher, []string{"publisher"}}}
	}
	return p
}

func csvResource(name, path string, title lang.Text, schema any) Resource {
	return Resource{
		Name: name, Type: "table", Path: path, Title: title.ZH, TitleEN: title.EN, Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
		Dialect: &Dialect{"\r\n"}, Schema: schema,
	}
}

func fileResource(name, path, format, mediaType, zh, en string) Resource {
	return Resource{Name: name, Path: path, Title: zh, TitleEN: en, Format: format, MediaType: mediaType}
}

// The media types of what is published.
const (
	JSONType     = "application/json"
	MediaType    = "application/datapackage+json" // of the descriptor itself
	ParquetType  = "application/vnd.apache.parquet"
	WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
