// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"fmt"
	"strconv"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
)

// Gap is a value in a reply that could not be read: what it is for is null, or
// lacks that entry.
type Gap struct {
	// Path leads to the value, in a row from the row on: "emails/0/value".
	Path string
	// Why says what is wrong with the value.
	Why string
}

// Gapped is embedded in what may have gaps. The zero value has none.
type Gapped struct {
	gaps []Gap `json:"-"` // or the decoder takes the struct for a mistake
}

// Gaps returns the values that could not be read, in the order of the reply.
func (g Gapped) Gaps() []Gap { return g.gaps }

// Unread describes the gaps for a message.
func (g Gapped) Unread() []string {
	var unread []string
	for _, gap := range g.gaps {
		unread = append(unread, printable.Line(gap.Path+": "+gap.Why, maxMessageShown))
	}
	return unread
}

// AddGap adds one. What a reply is decoded into receives those of the whole
// reply so, with paths from its top.
func (g *Gapped) AddGap(gap Gap) { g.gaps = append(g.gaps, gap) }

// AddRowGap adds a gap of a reply to the row that it is in. The rows are found
// under some names, such as "data" and "items". A gap elsewhere is in no row.
func AddRowGap[R any](rows []R, gap Gap, names ...string) {
	parts := strings.SplitN(gap.Path, "/", len(names)+2)
	if len(parts) < len(names)+1 {
		return
	}
	for i, name := range names {
		if !strings.EqualFold(parts[i], name) {
			return
		}
	}
	i, err := strconv.Atoi(parts[len(names)])
	if err != nil || i < 0 || i >= len(rows) {
		return
	}
	gap.Path = strings.Join(parts[len(names)+1:], "/")
	if row, ok := any(&rows[i]).(interface{ AddGap(Gap) }); ok {
		row.AddGap(gap)
	}
}

// maxGaps bounds what is remembered of a reply in which nothing can be read.
const maxGaps = 1000

// gapsOf returns the option that collects the gaps of one reply.
func gapsOf(gaps *[]Gap) jsonv2.Options {
	return jsonv2.WithUnmarshalers(jsonv2.UnmarshalFromFunc(func(decoder *jsontext.Decoder, gap *Gap) error {
		if len(*gaps) < maxGaps {
			*gaps = append(*gaps, *gap)
		}
		return decoder.SkipValue()
	}))
}

// ReportGap reports the value that was read last. The options of a decoder are
// all that reaches the types that read from it, and the collector is one of them.
func ReportGap(decoder *jsontext.Decoder, why string) {
	gap := Gap{Path: strings.TrimPrefix(string(decoder.StackPointer()), "/"), Why: why}
	_ = jsonv2.Unmarshal([]byte("null"), &gap, decoder.Options())
}

// skipGap passes over a value of a kind that cannot be read.
func skipGap(decoder *jsontext.Decoder, want string) error {
	kind := decoder.PeekKind()
	err := decoder.SkipValue()
	switch {
	case err != nil:
	case kind == 'n':
		ReportGap(decoder, "it is null")
	default:
		ReportGap(decoder, fmt.Sprintf("got %s, want %s", kindName(kind), want))
	}
	return err
}
