import {
  to = datastack_fivetran_user_invite.grace
  id = "grace@example.com"
}
