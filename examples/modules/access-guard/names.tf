# Names of groups, roles and permission sets in the settings that do not exist. A rule
# with such a name would find nothing.

locals {
  # The names in the settings: rule, kind and name.
  names = concat(
    [for name in coalesce(var.invite_administrator, []) : { rule = "invite_administrator", kind = "account role in Fivetran", name = name }],
    [for name in coalesce(var.allowed_roles, []) : { rule = "allowed_roles", kind = "account role in Fivetran", name = name }],
    flatten([for system, groups in coalesce(var.invite_in_group, {}) : [
      for name in groups : { rule = "invite_in_group", kind = system == "dbtcloud" ? "group in dbt Cloud" : "group in RudderStack", name = name }
    ]]),
    [for name in coalesce(var.developer_seat, []) : { rule = "developer_seat", kind = "group in dbt Cloud", name = name }],
    [for name in coalesce(var.service_token_grant, []) : { rule = "service_token_grant", kind = "permission set in dbt Cloud", name = name }],
  )
  # https://docs.getdbt.com/docs/cloud/manage-access/enterprise-permissions
  documented_permission_sets = [
    "account_admin", "account_viewer", "admin", "analyst", "analyst_read", "billing_admin", "cost_insights_admin", "cost_insights_viewer",
    "cost_management_admin", "cost_management_viewer", "database_admin", "developer", "fusion_admin", "git_admin", "job_admin", "job_creator",
    "job_runner", "job_viewer", "manage_marketplace_apps", "member", "metadata_only", "notification_manager", "owner", "project_creator",
    "readonly", "scim_only", "security_admin", "semantic_layer_only", "stakeholder", "team_admin", "webhooks_only",
  ]
  # https://fivetran.com/docs/using-fivetran/fivetran-dashboard/account-settings/role-based-access-control
  # Fivetran still accepts Owner and ReadOnly, which have other names now.
  documented_roles = ["Account Administrator", "Account Analyst", "Account Billing", "Account Reviewer", "Owner", "ReadOnly"]

  # The names that exist, by kind.
  known = { for kind, names in {
    "account role in Fivetran"    = concat(local.documented_roles, [for role in flatten(data.datastack_fivetran_roles.all[*].roles) : role.name if contains(coalesce(role.scopes, []), "ACCOUNT")])
    "group in dbt Cloud"          = [for group in flatten(data.datastack_dbtcloud_groups.all[*].groups) : group.name]
    "group in RudderStack"        = [for group in flatten(data.datastack_rudderstack_scim_groups.all[*].groups) : group.display_name]
    "permission set in dbt Cloud" = concat(local.documented_permission_sets, flatten([for token in local.service_tokens : [for grant in coalesce(token.grants, []) : grant.permission_set]]))
  } : kind => [for name in names : name if name != null] }

  # Rules compare roles without case, and other names exactly.
  misspelled = [
    for name in local.names : name
    if(name.kind == "account role in Fivetran"
      ? !contains([for role in local.known[name.kind] : lower(role)], lower(trimspace(name.name)))
    : !contains(local.known[name.kind], name.name))
    && !contains(lookup(local.excepted, name.rule, []), lower(trimspace(name.name)))
  ]

  # How alike a misspelled name and those that exist are, from 0 to 1: how many pairs of
  # letters they have in common.
  pairs = {
    for name in flatten([for misspelled in local.misspelled : concat([misspelled.name], local.known[misspelled.kind])]) :
    name => distinct([for at in range(min(length(name), 200) + 1) : substr(" ${lower(name)} ", at, 2)])...
  }
  similarity = [for misspelled in local.misspelled : {
    for name in local.known[misspelled.kind] : name =>
    2 * length(setintersection(local.pairs[name][0], local.pairs[misspelled.name][0])) / (length(local.pairs[name][0]) + length(local.pairs[misspelled.name][0]))...
  }]

  misspelled_text = join(", ", [for number, misspelled in local.misspelled : join("", concat(
    ["${misspelled.kind} \"${misspelled.name}\""],
    [for name, values in local.similarity[number] : " (did you mean \"${name}\"?)" if values[0] == max(0.5, flatten(values(local.similarity[number]))...)],
    [" [${misspelled.rule}]"],
  ))])
}

data "datastack_dbtcloud_groups" "all" {
  count           = length([for name in local.names : name if name.kind == "group in dbt Cloud"]) > 0 ? 1 : 0
  include_members = false
}

data "datastack_rudderstack_scim_groups" "all" {
  count           = length([for name in local.names : name if name.kind == "group in RudderStack"]) > 0 ? 1 : 0
  include_members = false
}

# Only for roles that the documentation does not list: it needs the scope ROLES:READ.
data "datastack_fivetran_roles" "all" {
  count = length([for name in local.names : name if name.kind == "account role in Fivetran" && !contains([for role in local.documented_roles : lower(role)], lower(trimspace(name.name)))]) > 0 ? 1 : 0
}
