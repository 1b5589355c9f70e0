// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
)

// BaseURL reads an address as users write it: a host or a URL, with or
// without a trailing slash and one of the given paths, such as "/api/v3",
// which it removes. It accepts http only for loopback addresses.
//
// Users paste what their browser shows. So any other path is an error, as is the
// host of a web application that is not the API's. apps has the address to write
// instead, by such a host.
func BaseURL(address string, apps map[string]string, paths ...string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		return nil, errors.New("the address is empty")
	}
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	if strings.Contains(address, "@") {
		// It is not shown: the password may be what follows, if it has a slash in it.
		return nil, errors.New("the address contains \"@\", so it may contain a user name or password; write the host alone, as credentials have settings of their own")
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the address cannot be read: %w", rootCause(err))
	}
	host := base.Scheme + "://" + base.Host
	api, isApp := apps[strings.ToLower(base.Hostname())]
	path := strings.TrimRight(base.Path, "/")
	switch {
	case base.Hostname() == "":
		return nil, fmt.Errorf("the address %q names no host", address)
	case base.Scheme == "http" && !loopback(base.Hostname()):
		return nil, fmt.Errorf("the address %q would send credentials unencrypted; write https:// (http:// is for loopback addresses only)", host)
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, fmt.Errorf("the address %q is neither https nor http", host)
	case isApp:
		return nil, fmt.Errorf("the address %q is that of the web application, not of the API; write %q", host, api)
	case path != "" && !slices.Contains(paths, path):
		return nil, fmt.Errorf("the address %q has a path that is not the API's; write %q", host+base.Path, host)
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, fmt.Errorf("the address %q has a query or a fragment; write %q", host+base.Path, host)
	}
	return &url.URL{Scheme: base.Scheme, Host: base.Host}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
