// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// diagnosis is a diagnostic that is not yet tied to an attribute.
type diagnosis struct {
	summary, detail string
	// later says that it is not known yet whether this is a problem at all.
	later bool
	// unset says that nothing of a service is set, so that it may be left out.
	unset bool
}

// at makes a diagnostic of it, at an attribute or, with the empty path, at the
// whole block.
func (p *diagnosis) at(attribute path.Path) diag.Diagnostic {
	if attribute.Equal(path.Empty()) {
		return diag.NewErrorDiagnostic(p.summary, p.detail)
	}
	return diag.NewAttributeErrorDiagnostic(attribute, p.summary, p.detail)
}

// warnFunc adds a warning to the diagnostics of the operation under way.
type warnFunc func(summary, detail string)
