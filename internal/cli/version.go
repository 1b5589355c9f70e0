// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
)

// Version returns the major and minor version of a CLI, such as 1 and 11. Tests skip features that older ones do not
// have. OpenTofu counts its versions on its own, from the same 1.5.
func Version(ctx context.Context, name string) (major, minor int, err error) {
	printed, err := exec.CommandContext(ctx, name, "version", "-json").Output()
	if err != nil {
		return 0, 0, fmt.Errorf("%s version: %w", name, err)
	}
	var release struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(printed, &release); err != nil {
		return 0, 0, fmt.Errorf("%s version: %w", name, err)
	}
	if _, err := fmt.Sscanf(release.Version, "%d.%d", &major, &minor); err != nil {
		return 0, 0, fmt.Errorf("%s version %q: %w", name, release.Version, err)
	}
	return major, minor, nil
}
