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
  in_dbtcloud = { for person in local.everyone : person.email => true if person.dbtcloud.status == "active" || person.dbtcloud.status == "invited" }
  in_idp      = { for email, spellings in { for email in coalesce(var.invite_in_idp, []) : lower(trimspace(email)) => email... } : email => true }
  in_group = {
    for person in local.everyone : person.email => true
    if anytrue([for system, groups in coalesce(var.invite_in_group, {}) : person[system].status != "inactive" && length(setintersection(person[system].groups, groups)) > 0])
  }
  # Users who are not active in dbt Cloud. An unknown status counts as not active.
  left = {
    for person in local.everyone : person.email => true
    if contains(person.systems, "dbtcloud") && !(person.dbtcloud.status == "active" || person.dbtcloud.status == "invited")
  }

  # merge() leaves false for those who are not in the second map. Nothing here depends on
  # whether a function or an index fails: that differs between versions of Terraform.
  new         = [for email, here in merge({ for email in keys(local.people) : email => false }, local.in_fivetran) : email if !here]
  none        = { for email in local.new : email => false }
  not_seated  = [for email, here in merge(local.none, local.in_dbtcloud) : email if !here]
  not_in_idp  = [for email, here in merge(local.none, local.in_idp) : email if !here]
  not_grouped = [for email, here in merge(local.none, local.in_group) : email if !here]
  not_left    = { for email, here in merge(local.none, local.left) : email => true if !here }
  new_left    = [for email, here in merge(local.none, local.not_left) : email if !here]

  domains             = [for domain in coalesce(var.invite_domain, []) : lower(trimspace(domain))]
  administrator_roles = [for role in coalesce(var.invite_administrator, []) : lower(trimspace(role))]
  allowed_roles       = [for role in coalesce(var.allowed_roles, []) : lower(trimspace(role))]
  roles               = { for email, person in local.people : email => person.role == null ? "" : lower(trimspace(person.role)) }

  # Seats are needed by new users without one, and by users with a pending invite.
  waiting = keys({
    for email in concat(
      local.not_seated,
      [for invite in local.open_invites : invite.email == null ? "invite ${invite.id}" : lower(trimspace(invite.email)) if invite.license_type == var.seats],
    ) : email => true...
  })
  unlimited = anytrue([for type, seat in local.licenses : type == var.seats && seat.limited == false])
  available = sum(concat([0], [for type, seat in local.licenses : coalesce(seat.available, 0) if type == var.seats]))
  seated    = local.unlimited || length(local.waiting) <= local.available

  invite_findings = {
    invite_domain        = var.invite_domain == null ? [] : [for email in local.new : email if !contains(local.domains, split("@", email)[1])]
    invite_administrator = [for email, role in local.roles : email if contains(local.administrator_roles, role)]
    invite_role          = [for email, role in local.roles : email if var.invite_role == (role == "" ? "required" : "forbidden")]
    allowed_roles        = var.allowed_roles == null ? [] : [for email, role in local.roles : email if role != "" && !contains(local.allowed_roles, role)]
    invite_in_idp        = var.invite_in_idp == null ? [] : local.not_in_idp
    invite_in_group      = var.invite_in_group == null ? [] : local.not_grouped
    invite_leavers       = !var.leavers ? [] : local.new_left
    seats                = var.seats == null || length(local.new) == 0 || local.seated ? [] : local.waiting
  }
}
