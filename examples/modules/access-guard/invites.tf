# Rules on invites. Rules on roles check all users in var.people, because a later change
# can raise a role. The other rules check only new users: a user who is in Fivetran
# already is managed, not invited, and the plan after the invite must not fail.
#
# Long lists are maps here, because contains() and lookup() are slow on long lists. Do
# not use alltrue(), anytrue() or sort() on the result of a "for" over all people:
# Terraform converts it to a list first, which takes 20 s for 50,000 people.

locals {
  people = { for email, person in var.people : lower(trimspace(email)) => person }

  in_fivetran = { for person in local.everyone : person.email => true if contains(person.systems, "fivetran") }
  in_dbtcloud = { for person in local.everyone : person.email => true if try(contains(["active", "invited"], person.dbtcloud.status), false) }
  in_idp      = { for email in coalesce(var.invite_in_idp, []) : lower(trimspace(email)) => true... }
  in_group = {
    for person in local.everyone : person.email => true
    if anytrue([for system, groups in coalesce(var.invite_in_group, {}) : try(person[system].status != "inactive" && length(setintersection(person[system].groups, groups)) > 0, false)])
  }
  # Users who are not active in dbt Cloud. An unknown status counts as not active.
  left = {
    for person in local.everyone : person.email => true
    if contains(person.systems, "dbtcloud") && !try(contains(["active", "invited"], person.dbtcloud.status), false)
  }

  new = [for email in keys(local.people) : email if !can(local.in_fivetran[email])]

  domains             = [for domain in coalesce(var.invite_domain, []) : lower(trimspace(domain))]
  administrator_roles = [for role in coalesce(var.invite_administrator, []) : lower(trimspace(role))]
  allowed_roles       = [for role in coalesce(var.allowed_roles, []) : lower(trimspace(role))]
  roles               = { for email, person in local.people : email => try(lower(trimspace(person.role)), "") }

  # Seats are needed by new users without one, and by users with a pending invite.
  seat = try(data.datastack_dbtcloud_licenses.all[0].licenses[var.seats], null)
  waiting = keys({
    for email in concat(
      [for email in local.new : email if !can(local.in_dbtcloud[email])],
      [for invite in local.open_invites : lower(trimspace(invite.email)) if invite.license_type == var.seats],
    ) : email => true...
  })
  seated = try(!local.seat.limited, false) || try(length(local.waiting) <= local.seat.available, false)

  invite_findings = {
    invite_domain        = var.invite_domain == null ? [] : [for email in local.new : email if !contains(local.domains, split("@", email)[1])]
    invite_administrator = [for email, role in local.roles : email if contains(local.administrator_roles, role)]
    invite_role          = [for email, role in local.roles : email if var.invite_role == (role == "" ? "required" : "forbidden")]
    allowed_roles        = var.allowed_roles == null ? [] : [for email, role in local.roles : email if role != "" && !contains(local.allowed_roles, role)]
    invite_in_idp        = var.invite_in_idp == null ? [] : [for email in local.new : email if !can(local.in_idp[email])]
    invite_in_group      = var.invite_in_group == null ? [] : [for email in local.new : email if !can(local.in_group[email])]
    invite_leavers       = !var.leavers ? [] : [for email in local.new : email if can(local.left[email])]
    seats                = var.seats == null || length(local.new) == 0 || local.seated ? [] : local.waiting
  }
}
