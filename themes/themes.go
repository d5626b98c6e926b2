// Package themes carries the built-in looks: templates, styles, scripts and the
// words of the interface. It holds no logic. A site overrides single files of a
// theme by putting files of the same name into its own themes/<name>/; the
// templates see only the structs of package page, whose fields are the contract
// with theme authors.
package themes

import "embed"

// FS holds a folder for each built-in theme.
//
//go:embed default
var FS embed.FS
