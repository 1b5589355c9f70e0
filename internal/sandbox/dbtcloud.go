// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/dbtcloud"

// DBTCloudBehavior is how dbt Cloud's SCIM service answers where its documents
// leave it open.
type DBTCloudBehavior = dbtcloud.Behavior

// AcceptDBTCloudInvite is a user whom SCIM created accepting the invitation,
// with the option PendingUsers. It reports whether there was such a user;
// addresses compare without regard to case.
func (s *Server) AcceptDBTCloudInvite(email string) bool { return s.dbtcloud.Accept(email) }
