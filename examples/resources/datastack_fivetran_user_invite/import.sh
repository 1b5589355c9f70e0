# By the id of the user, or by address.
terraform import datastack_fivetran_user_invite.grace nozzle_eat
terraform import 'datastack_fivetran_user_invite.analyst["ada@example.com"]' ada@example.com
