// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// BaseURL reads an address as users write it: a host or a URL, with or
// without a trailing slash and one of the given paths, such as "/api/v3",
// which it removes. It accepts http only for loopback addresses.
func BaseURL(address string, paths ...string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		return nil, errors.New("the address is empty")
	}
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the address cannot be read: %w", rootCause(err))
	}
	switch {
	case base.User != nil:
		return nil, errors.New("the address contains a user name or password; credentials have settings of their own")
	case base.Hostname() == "":
		return nil, fmt.Errorf("the address %q names no host", address)
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, fmt.Errorf("the address %q has a query or a fragment", address)
	case base.Scheme == "http" && !loopback(base.Hostname()):
		return nil, fmt.Errorf("the address %q would send credentials unencrypted; write https:// (http:// is for loopback addresses only)", address)
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, fmt.Errorf("the address %q is neither https nor http", address)
	}
	path := strings.TrimRight(base.Path, "/")
	longest := ""
	for _, known := range paths {
		if strings.HasSuffix(path, known) && len(known) > len(longest) {
			longest = known
		}
	}
	base.Path, base.RawPath = strings.TrimRight(strings.TrimSuffix(path, longest), "/"), ""
	return base, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
