//! What everyone is answered, door by door. `ok` is granted; `in` is sent to log in; `some` is a grant about somebody
//! who is there for this cell alone.

pub const TALK: &str = "
                                                     | anon stranger known parted blocked pair
GET  /c/{talk}                                       | in   404      404   ok     ok      ok
GET  /c/{talk}/m/{said}                              | in   404      404   ok     ok      ok
READ conversation?id={talk}                          | 401  404      404   ok     ok      ok
READ people?id={talk}&accounts={amina}               | 401  404      404   ok     ok      ok
DO   send_message conversation={talk} key={key} body=canary | 401 404 404   403    403     ok
DO   mark_read conversation={talk} position=1        | 401  404      404   ok     ok      ok
DO   mark_unread conversation={talk} message={said}  | 401  404      404   ok     ok      ok
GET  /c/{talk}/t/{said}                              | in 404 404 ok ok ok
READ conversation?id={talk}&thread={said}            | 401 404 404 ok ok ok
DO   follow_thread conversation={talk} thread={said} follows=true | 401 404 404 ok ok ok
DO   mark_thread_read conversation={talk} thread={said} position=1 | 401 404 404 ok ok ok
DO   send_message conversation={talk} key={key} body=canary thread={said} | 401 404 404 403 403 ok
DO   accept_talk conversation={talk}                 | 401  404      404   404    404     404
DO   decline_talk conversation={talk}                | 401  404      404   404    404     404
DO   describe_group conversation={talk} name=canary topic= | 401 404 404   404    404     404
DO   set_topic conversation={talk} topic=            | 401 404 404 404 404 404
DO   add_members conversation={talk} people[]={zed}  | 401  404      404   404    404     404
DO   leave_group conversation={talk}                 | 401  404      404   404    404     404
DO   create_invitation conversation={talk} lasts=day uses=1 | 401 404 404  404    404     404
DO   ban conversation={talk} account={bruno} lasts=day | 401 404     404   404    404     404
READ completions?conversation={talk}&text=@          | 401 404 404 ok ok ok
READ absent?conversation={talk}&names=zed            | 401 404 404 ok ok ok
GET  /c/{talk}/notifications                         | in 404 404 ok ok ok
READ deletable?conversation={talk}&message={said}              | 401 404 404 ok ok 403
READ choices?id={talk}                               | 401 404 404 ok ok ok
DO   mute_conversation conversation={talk} length=hour | 401 404 404 ok ok ok
DO   unmute_conversation conversation={talk}         | 401 404 404 ok ok ok
DO   set_level conversation={talk} level=mentions    | 401 404 404 ok ok ok
DO   pin_conversation conversation={talk}            | 401 404 404 ok ok ok
DO   unpin_conversation conversation={talk}          | 401 404 404 ok ok ok
DO   hide_conversation conversation={talk}           | 401 404 404 ok ok ok
DO   show_conversation conversation={talk}           | 401 404 404 ok ok ok
DO   set_slow_mode conversation={talk} seconds=5     | 401 404 404 403 403 403
DO   delete_message conversation={talk} message={said} | 401 404 404 ok ok 403
DO   restore_message conversation={talk} message={said} | 401 404 404 ok ok 403
DO   edit_message conversation={talk} message={said} body=canary | 401 404 404 403 403 403
DO   add_reaction conversation={talk} message={said} emoji=👍 | 401 404 404 403 403 ok
DO   remove_reaction conversation={talk} message={said} emoji=👍 | 401 404 404 403 403 ok
READ reactions?conversation={talk}&message={said}    | 401 404 404 ok ok ok
GET  /c/{talk}/m/{said}/reactions                    | in 404 404 ok ok ok
READ editable?conversation={talk}&message={said}     | 401 404 404 403 403 403
READ answerable?conversation={talk}&message={said}   | 401 404 404 403 403 ok
GET  /c/{talk}/pins                                  | in 404 404 ok ok ok
READ pins?conversation={talk}                        | 401 404 404 ok ok ok
DO   save_message conversation={talk} message={said} | 401 404 404 ok ok ok
DO   pin_message conversation={talk} message={said}  | 401 404 404 403 403 ok
DO   unpin_message conversation={talk} message={said} | 401 404 404 403 403 ok
READ quotes?conversation={talk}&messages={said}      | 401 404 404 ok ok ok
GET  /c/{talk}/m/{said}/reply                        | in 404 404 403 403 ok
DO   send_message conversation={talk} key={key} body=canary reply_to={said} | 401 404 404 403 403 ok
READ forwardable?conversation={talk}&message={said} | 401 404 404 ok ok ok
GET  /c/{talk}/m/{said}/forward | in 404 404 ok ok ok
DO   forward_message conversation={talk} message={said} key={key} to[]={talk} | 401 404 404 403 403 ok
READ schedulable?conversation={talk} | 401 404 404 403 403 ok
GET  /c/{talk}/later | in 404 404 403 403 ok
DO   schedule_message conversation={talk} key={key} body=canary when=1h | 401 404 404 403 403 ok
DO   save_draft conversation={talk} text=canary writer={key} | 401 404 404 ok ok ok
DO   save_draft conversation={talk} text=canary writer={key} thread={said} | 401 404 404 ok ok ok
READ remindable?conversation={talk}&message={said} | 401 404 404 ok ok ok
GET  /c/{talk}/m/{said}/remind | in 404 404 ok ok ok
DO   set_reminder conversation={talk} message={said} when=1h | 401 404 404 ok ok ok
READ history?conversation={talk}&message={said}      | 401 404 404 ok ok ok
GET  /c/{talk}/m/{said}/edit                         | in 404 404 403 403 403
GET  /c/{talk}/m/{said}/delete                       | in 404 404 ok ok 403
GET  /c/{talk}/m/{said}/history                      | in 404 404 ok ok ok
READ readers?conversation={talk}&message={said}      | 401 404 404 403 403 403
READ pollable?conversation={talk} | 401 404 404 403 403 ok
GET  /c/{talk}/poll | in 404 404 403 403 ok
DO   create_poll conversation={talk} key={key} question=canary answers[]=one answers[]=two | 401 404 404 403 403 ok
READ votes?conversation={talk}&message={asked} | 401 404 404 ok ok ok
GET  /c/{talk}/m/{asked}/votes | in 404 404 ok ok ok
DO   add_vote conversation={talk} message={asked} answer=0 | 401 404 404 403 403 ok
DO   remove_vote conversation={talk} message={asked} answer=0 | 401 404 404 403 403 ok
DO   close_poll conversation={talk} message={asked} | 401 404 404 ok ok 403
";

pub const GROUP: &str = "
                                                     | anon stranger blocked friend left removed banned member admin
GET  /c/{group}                                      | in   404      404     404    404  404     404    ok     ok
GET  /c/{group}/m/{spoken}                           | in   404      404     404    404  404     404    ok     ok
GET  /c/{group}/people                               | in   404      404     404    404  404     404    ok     ok
GET  /c/{group}/settings                             | in   404      404     404    404  404     404    ok     ok
GET  /c/{group}/invitations                          | in   404      404     404    404  404     404    403    ok
GET  /c/{group}/bans                                 | in   404      404     404    404  404     404    403    ok
READ conversation?id={group}                         | 401  404      404     404    404  404     404    ok     ok
READ members?id={group}                              | 401  404      404     404    404  404     404    ok     ok
READ people?id={group}&accounts={amina}              | 401  404      404     404    404  404     404    ok     ok
READ invitations?conversation={group}                | 401  404      404     404    404  404     404    403    ok
READ bans?conversation={group}                       | 401  404      404     404    404  404     404    403    ok
DO   send_message conversation={group} key={key} body=canary | 401 404 404   404    404  404     404    ok     ok
GET  /c/{group}/t/{spoken}                           | in 404 404 404 404 404 404 ok ok
READ conversation?id={group}&thread={spoken}         | 401 404 404 404 404 404 404 ok ok
DO   follow_thread conversation={group} thread={spoken} follows=true | 401 404 404 404 404 404 404 ok ok
DO   mark_thread_read conversation={group} thread={spoken} position=1 | 401 404 404 404 404 404 404 ok ok
DO   send_message conversation={group} key={key} body=canary thread={spoken} | 401 404 404 404 404 404 404 ok ok
DO   mark_read conversation={group} position=1       | 401  404      404     404    404  404     404    ok     ok
DO   mark_unread conversation={group} message={spoken} | 401 404     404     404    404  404     404    ok     ok
DO   describe_group conversation={group} name={canary group} topic= | 401 404 404 404 404 404     404    403    ok
DO   set_topic conversation={group} topic=           | 401 404 404 404 404 404 404 403 ok
DO   add_members conversation={group} people[]={zed} | 401 404       404     404    404  404     404    403    some
DO   set_role conversation={group} account={bruno} role=member | 401 404 404 404    404  404     404    403    ok
DO   create_invitation conversation={group} lasts=day uses=1 | 401 404 404   404    404  404     404    403    ok
DO   revoke_invitation invitation={way}              | 401  404      404     404    404  404     404    404    ok
DO   remove_member conversation={group} account={zed} | 401 404      404     404    404  404     404    403    some
DO   ban conversation={group} account={zed} lasts=day | 401 404      404     404    404  404     404    403    some
DO   lift_ban conversation={group} account={banned}  | 401  404      404     404    404  404     404    403    ok
GET  /c/{group}/notifications                        | in 404 404 404 404 404 404 ok ok
GET  /c/{group}/m/{spoken}/readers                   | in 404 404 404 404 404 404 403 ok
READ readers?conversation={group}&message={spoken}   | 401 404 404 404 404 404 404 403 ok
GET  /c/{group}/m/{spoken}/delete                    | in 404 404 404 404 404 404 403 ok
READ deletable?conversation={group}&message={spoken}           | 401 404 404 404 404 404 404 403 ok
READ choices?id={group}                              | 401 404 404 404 404 404 404 ok ok
DO   mute_conversation conversation={group} length=hour | 401 404 404 404 404 404 404 ok ok
DO   unmute_conversation conversation={group}        | 401 404 404 404 404 404 404 ok ok
DO   set_level conversation={group} level=mentions   | 401 404 404 404 404 404 404 ok ok
DO   pin_conversation conversation={group}           | 401 404 404 404 404 404 404 ok ok
DO   unpin_conversation conversation={group}         | 401 404 404 404 404 404 404 ok ok
DO   hide_conversation conversation={group}          | 401 404 404 404 404 404 404 ok ok
DO   show_conversation conversation={group}          | 401 404 404 404 404 404 404 ok ok
DO   set_slow_mode conversation={group} seconds=5    | 401 404 404 404 404 404 404 403 ok
DO   set_slow_mode conversation={group} seconds=0    | 401 404 404 404 404 404 404 403 ok
DO   edit_message conversation={group} message={spoken} body=canary | 401 404 404 404 404 404 404 403 ok
DO   restore_message conversation={group} message={spoken} | 401 404 404 404 404 404 404 403 ok
READ pollable?conversation={group} | 401 404 404 404 404 404 404 ok ok
GET  /c/{group}/poll | in 404 404 404 404 404 404 ok ok
DO   create_poll conversation={group} key={key} question=canary answers[]=one answers[]=two | 401 404 404 404 404 404 404 ok ok
READ votes?conversation={group}&message={asked} | 401 404 404 404 404 404 404 ok ok
GET  /c/{group}/m/{asked}/votes | in 404 404 404 404 404 404 ok ok
DO   add_vote conversation={group} message={asked} answer=0 | 401 404 404 404 404 404 404 ok ok
DO   remove_vote conversation={group} message={asked} answer=0 | 401 404 404 404 404 404 404 ok ok
DO   close_poll conversation={group} message={asked} | 401 404 404 404 404 404 404 403 ok
DO   add_reaction conversation={group} message={spoken} emoji=👍 | 401 404 404 404 404 404 404 ok ok
DO   remove_reaction conversation={group} message={spoken} emoji=👍 | 401 404 404 404 404 404 404 ok ok
READ reactions?conversation={group}&message={spoken}           | 401 404 404 404 404 404 404 ok ok
READ editable?conversation={group}&message={spoken}            | 401 404 404 404 404 404 404 403 ok
READ answerable?conversation={group}&message={spoken}          | 401 404 404 404 404 404 404 ok ok
GET  /c/{group}/pins                                           | in 404 404 404 404 404 404 ok ok
READ pins?conversation={group}                                 | 401 404 404 404 404 404 404 ok ok
DO   save_message conversation={group} message={spoken} | 401 404 404 404 404 404 404 ok ok
DO   pin_message conversation={group} message={spoken} | 401 404 404 404 404 404 404 403 ok
DO   unpin_message conversation={group} message={spoken} | 401 404 404 404 404 404 404 403 ok
READ quotes?conversation={group}&messages={spoken}             | 401 404 404 404 404 404 404 ok ok
GET  /c/{group}/m/{spoken}/reply                               | in 404 404 404 404 404 404 ok ok
DO   send_message conversation={group} key={key} body=canary reply_to={spoken} | 401 404 404 404 404 404 404 ok ok
READ forwardable?conversation={group}&message={spoken} | 401 404 404 404 404 404 404 ok ok
GET  /c/{group}/m/{spoken}/forward | in 404 404 404 404 404 404 ok ok
DO   forward_message conversation={group} message={spoken} key={key} to[]={group} | 401 404 404 404 404 404 404 ok ok
READ schedulable?conversation={group} | 401 404 404 404 404 404 404 ok ok
GET  /c/{group}/later | in 404 404 404 404 404 404 ok ok
DO   schedule_message conversation={group} key={key} body=canary when=1h | 401 404 404 404 404 404 404 ok ok
DO   save_draft conversation={group} text=canary writer={key} | 401 404 404 404 404 404 404 ok ok
READ remindable?conversation={group}&message={spoken} | 401 404 404 404 404 404 404 ok ok
GET  /c/{group}/m/{spoken}/remind | in 404 404 404 404 404 404 ok ok
DO   set_reminder conversation={group} message={spoken} when=1h | 401 404 404 404 404 404 404 ok ok
READ history?conversation={group}&message={spoken}             | 401 404 404 404 404 404 404 ok ok
DO   delete_message conversation={group} message={spoken} | 401 404 404 404 404 404 404 403 ok
READ completions?conversation={group}&text=@         | 401 404 404 404 404 404 404 ok ok
READ absent?conversation={group}&names=zed           | 401 404 404 404 404 404 404 ok ok
DO   leave_group conversation={group}                | 401  404      404     404    404  404     404    ok     409
";

pub const SPACE: &str = "
                                                     | anon stranger blocked friend left removed banned member moderator admin owner
GET  /s/{space}                                      | in   404      404     404    404  404     404    ok     ok        ok    ok
GET  /s/{space}/people                               | in   404      404     404    404  404     404    ok     ok        ok    ok
GET  /s/{space}/settings                             | in   404      404     404    404  404     404    ok     ok        ok    ok
GET  /s/{space}/invitations                          | in   404      404     404    404  404     404    403    ok        ok    ok
GET  /s/{space}/bans                                 | in   404      404     404    404  404     404    403    ok        ok    ok
GET  /c/{open}                                       | in   404      404     404    404  404     404    ok     ok        ok    ok
GET  /c/{open}/people                                | in   404      404     404    404  404     404    ok     ok        ok    ok
READ space?id={space}                                | 401  404      404     404    404  404     404    ok     ok        ok    ok
READ invitations?space={space}                       | 401  404      404     404    404  404     404    403    ok        ok    ok
READ bans?space={space}                              | 401  404      404     404    404  404     404    403    ok        ok    ok
READ conversation?id={open}                          | 401  404      404     404    404  404     404    ok     ok        ok    ok
READ members?id={open}                               | 401  404      404     404    404  404     404    ok     ok        ok    ok
DO   send_message conversation={open} key={key} body=canary | 401 404 404    404    404  404     404    ok     ok        ok    ok
DO   describe_group conversation={open} name={canary open} topic= | 401 404 404 404 404 404      404    403    403       ok    ok
DO   set_topic conversation={open} topic=            | 401 404 404 404 404 404 404 403 403 ok ok
DO   add_members conversation={open} people[]={bruno} | 401 404      404     404    404  404     404    403    403       409   409
DO   remove_member conversation={open} account={bruno} | 401 404     404     404    404  404     404    403    403       409   409
DO   shift_channel conversation={open} up=true       | 401  404      404     404    404  404     404    403    403       ok    ok
DO   delete_channel conversation={open} name=wrong   | 401  404      404     404    404  404     404    403    403       422   422
DO   create_channel space={space} name=canary        | 401  404      404     404    404  404     404    403    403       ok    ok
DO   rename_space space={space} name={canary space}  | 401  404      404     404    404  404     404    403    403       ok    ok
DO   create_invitation space={space} lasts=day uses=1 | 401 404      404     404    404  404     404    403    ok        ok    ok
DO   revoke_invitation invitation={door}             | 401  404      404     404    404  404     404    404    ok        404   404
DO   set_rank space={space} account={zed} rank=moderator | 401 404   404     404    404  404     404    403    403       some  some
DO   set_rank space={space} account={zed} rank=admin | 401  404      404     404    404  404     404    403    403       403   some
DO   set_rank space={space} account={owner} rank=member | 401 404    404     404    404  404     404    403    403       403   403
DO   remove_from_space space={space} account={zed}   | 401  404      404     404    404  404     404    403    some      some  some
DO   remove_from_space space={space} account={owner} | 401  404      404     404    404  404     404    403    403       403   403
DO   ban space={space} account={zed} lasts=day       | 401  404      404     404    404  404     404    403    some      some  some
DO   lift_ban space={space} account={nobody}         | 401  404      404     404    404  404     404    403    404       404   404
DO   hand_over_space space={space} account={bruno} name=wrong | 401 404 404  404    404  404     404    403    403       403   422
DO   delete_space space={space} name=wrong           | 401  404      404     404    404  404     404    403    403       403   422
GET  /c/{open}/notifications                         | in 404 404 404 404 404 404 ok ok ok ok
READ choices?id={open}                               | 401 404 404 404 404 404 404 ok ok ok ok
DO   mute_conversation conversation={open} length=hour | 401 404 404 404 404 404 404 ok ok ok ok
DO   unmute_conversation conversation={open}         | 401 404 404 404 404 404 404 ok ok ok ok
DO   set_level conversation={open} level=mentions    | 401 404 404 404 404 404 404 ok ok ok ok
DO   pin_conversation conversation={open}            | 401 404 404 404 404 404 404 ok ok ok ok
DO   unpin_conversation conversation={open}          | 401 404 404 404 404 404 404 ok ok ok ok
DO   hide_conversation conversation={open}           | 401 404 404 404 404 404 404 ok ok ok ok
DO   show_conversation conversation={open}           | 401 404 404 404 404 404 404 ok ok ok ok
DO   set_slow_mode conversation={open} seconds=5     | 401 404 404 404 404 404 404 403 ok ok ok
DO   set_slow_mode conversation={open} seconds=0     | 401 404 404 404 404 404 404 403 ok ok ok
READ readers?conversation={open}&message={owners}    | 401 404 404 404 404 404 404 403 403 403 ok
READ deletable?conversation={open}&message={owners}            | 401 404 404 404 404 404 404 403 403 ok ok
READ deletable?conversation={open}&message={members}           | 401 404 404 404 404 404 404 ok ok ok ok
DO   edit_message conversation={open} message={owners} body=canary | 401 404 404 404 404 404 404 403 403 403 ok
DO   restore_message conversation={open} message={owners} | 401 404 404 404 404 404 404 403 403 403 ok
DO   add_reaction conversation={open} message={owners} emoji=👍 | 401 404 404 404 404 404 404 ok ok ok ok
DO   remove_reaction conversation={open} message={owners} emoji=👍 | 401 404 404 404 404 404 404 ok ok ok ok
READ reactions?conversation={open}&message={owners}            | 401 404 404 404 404 404 404 ok ok ok ok
READ editable?conversation={open}&message={owners}             | 401 404 404 404 404 404 404 403 403 403 ok
READ answerable?conversation={open}&message={owners}           | 401 404 404 404 404 404 404 ok ok ok ok
READ pins?conversation={open}                                  | 401 404 404 404 404 404 404 ok ok ok ok
DO   save_message conversation={open} message={owners} | 401 404 404 404 404 404 404 ok ok ok ok
DO   pin_message conversation={open} message={owners} | 401 404 404 404 404 404 404 403 ok ok ok
DO   unpin_message conversation={open} message={owners} | 401 404 404 404 404 404 404 403 ok ok ok
READ quotes?conversation={open}&messages={owners}              | 401 404 404 404 404 404 404 ok ok ok ok
DO   send_message conversation={open} key={key} body=canary reply_to={owners} | 401 404 404 404 404 404 404 ok ok ok ok
READ forwardable?conversation={open}&message={owners} | 401 404 404 404 404 404 404 ok ok ok ok
GET  /c/{open}/m/{owners}/forward | in 404 404 404 404 404 404 ok ok ok ok
DO   forward_message conversation={open} message={owners} key={key} to[]={open} | 401 404 404 404 404 404 404 ok ok ok ok
READ schedulable?conversation={open} | 401 404 404 404 404 404 404 ok ok ok ok
GET  /c/{open}/later | in 404 404 404 404 404 404 ok ok ok ok
DO   schedule_message conversation={open} key={key} body=canary when=1h | 401 404 404 404 404 404 404 ok ok ok ok
DO   save_draft conversation={open} text=canary writer={key} | 401 404 404 404 404 404 404 ok ok ok ok
READ remindable?conversation={open}&message={owners} | 401 404 404 404 404 404 404 ok ok ok ok
GET  /c/{open}/m/{owners}/remind | in 404 404 404 404 404 404 ok ok ok ok
DO   set_reminder conversation={open} message={owners} when=1h | 401 404 404 404 404 404 404 ok ok ok ok
READ completions?conversation={open}&text=@          | 401 404 404 404 404 404 404 ok ok ok ok
READ absent?conversation={open}&names=zed            | 401 404 404 404 404 404 404 ok ok ok ok
READ history?conversation={open}&message={owners}              | 401 404 404 404 404 404 404 ok ok ok ok
DO   delete_message conversation={open} message={owners} | 401 404 404 404 404 404 404 403 403 ok ok
DO   delete_message conversation={open} message={members} | 401 404 404 404 404 404 404 ok ok ok ok
READ pollable?conversation={open} | 401 404 404 404 404 404 404 ok ok ok ok
GET  /c/{open}/poll | in 404 404 404 404 404 404 ok ok ok ok
DO   create_poll conversation={open} key={key} question=canary answers[]=one answers[]=two | 401 404 404 404 404 404 404 ok ok ok ok
READ votes?conversation={open}&message={asked} | 401 404 404 404 404 404 404 ok ok ok ok
GET  /c/{open}/m/{asked}/votes | in 404 404 404 404 404 404 ok ok ok ok
DO   add_vote conversation={open} message={asked} answer=0 | 401 404 404 404 404 404 404 ok ok ok ok
DO   remove_vote conversation={open} message={asked} answer=0 | 401 404 404 404 404 404 404 ok ok ok ok
DO   close_poll conversation={open} message={put} | 401 404 404 404 404 404 404 ok ok ok ok
DO   close_poll conversation={open} message={asked} | 401 404 404 404 404 404 404 403 403 ok ok
";

pub const CHANNEL: &str = "
                                                     | anon stranger left removed member moderator inside admin owner
GET  /c/{private}                                    | in   404      404  404     404    404       ok     ok    ok
GET  /c/{private}/m/{whispered}                      | in   404      404  404     404    404       ok     ok    ok
GET  /c/{private}/people                             | in   404      404  404     404    404       ok     ok    ok
GET  /c/{private}/settings                           | in   404      404  404     404    404       ok     ok    ok
READ conversation?id={private}                       | 401  404      404  404     404    404       ok     ok    ok
READ members?id={private}                            | 401  404      404  404     404    404       ok     ok    ok
READ people?id={private}&accounts={owner}            | 401  404      404  404     404    404       ok     ok    ok
DO   send_message conversation={private} key={key} body=canary | 401 404 404 404  404    404       ok     ok    ok
DO   mark_read conversation={private} position=1     | 401  404      404  404     404    404       ok     ok    ok
DO   describe_group conversation={private} name={canary private} topic= | 401 404 404 404 404 404  403    ok    ok
DO   set_topic conversation={private} topic=         | 401 404 404 404 404 404 403 ok ok
DO   add_members conversation={private} people[]={zed}   | 401 404   404  404     404    404       403    some  some
DO   remove_member conversation={private} account={zed} | 401 404    404  404     404    404       403    some  some
DO   delete_channel conversation={private} name=wrong | 401 404      404  404     404    404       403    422   422
DO   create_invitation conversation={private} lasts=day uses=1 | 401 404 404 404  404    404       404    404   404
GET  /c/{private}/notifications                      | in 404 404 404 404 404 ok ok ok
READ choices?id={private}                            | 401 404 404 404 404 404 ok ok ok
DO   mute_conversation conversation={private} length=hour | 401 404 404 404 404 404 ok ok ok
DO   unmute_conversation conversation={private}      | 401 404 404 404 404 404 ok ok ok
DO   set_level conversation={private} level=mentions | 401 404 404 404 404 404 ok ok ok
DO   pin_conversation conversation={private}         | 401 404 404 404 404 404 ok ok ok
DO   unpin_conversation conversation={private}       | 401 404 404 404 404 404 ok ok ok
DO   hide_conversation conversation={private}        | 401 404 404 404 404 404 ok ok ok
DO   show_conversation conversation={private}        | 401 404 404 404 404 404 ok ok ok
READ completions?conversation={private}&text=@       | 401 404 404 404 404 404 ok ok ok
READ absent?conversation={private}&names=zed         | 401 404 404 404 404 404 ok ok ok
READ readers?conversation={private}&message={whispered} | 401 404 404 404 404 404 403 403 ok
READ quotes?conversation={private}&messages={whispered} | 401 404 404 404 404 404 ok ok ok
READ pins?conversation={private}                     | 401 404 404 404 404 404 ok ok ok
DO   save_message conversation={private} message={whispered} | 401 404 404 404 404 404 ok ok ok
DO   pin_message conversation={private} message={whispered} | 401 404 404 404 404 404 403 ok ok
DO   send_message conversation={private} key={key} body=canary reply_to={whispered} | 401 404 404 404 404 404 ok ok ok
READ forwardable?conversation={private}&message={whispered} | 401 404 404 404 404 404 ok ok ok
GET  /c/{private}/m/{whispered}/forward | in 404 404 404 404 404 ok ok ok
DO   forward_message conversation={private} message={whispered} key={key} to[]={private} | 401 404 404 404 404 404 ok ok ok
READ schedulable?conversation={private} | 401 404 404 404 404 404 ok ok ok
GET  /c/{private}/later | in 404 404 404 404 404 ok ok ok
DO   schedule_message conversation={private} key={key} body=canary when=1h | 401 404 404 404 404 404 ok ok ok
DO   save_draft conversation={private} text=canary writer={key} | 401 404 404 404 404 404 ok ok ok
READ remindable?conversation={private}&message={whispered} | 401 404 404 404 404 404 ok ok ok
GET  /c/{private}/m/{whispered}/remind | in 404 404 404 404 404 ok ok ok
DO   set_reminder conversation={private} message={whispered} when=1h | 401 404 404 404 404 404 ok ok ok
DO   set_slow_mode conversation={private} seconds=0  | 401 404 404 404 404 404 403 ok ok
DO   delete_message conversation={private} message={whispered} | 401 404 404 404 404 404 403 ok ok
READ pollable?conversation={private} | 401 404 404 404 404 404 ok ok ok
GET  /c/{private}/poll | in 404 404 404 404 404 ok ok ok
DO   create_poll conversation={private} key={key} question=canary answers[]=one answers[]=two | 401 404 404 404 404 404 ok ok ok
READ votes?conversation={private}&message={hidden} | 401 404 404 404 404 404 ok ok ok
GET  /c/{private}/m/{hidden}/votes | in 404 404 404 404 404 ok ok ok
DO   add_vote conversation={private} message={hidden} answer=0 | 401 404 404 404 404 404 ok ok ok
DO   remove_vote conversation={private} message={hidden} answer=0 | 401 404 404 404 404 404 ok ok ok
DO   close_poll conversation={private} message={hidden} | 401 404 404 404 404 404 403 ok ok
";

/// What concerns oneself alone, or is asked in scenarios of its own.
pub const ONES_OWN: [&str; 71] = [
    "staff",
    "set_staff",
    "set_premium",
    "announce",
    "become_staff",
    "access_tokens",
    "create_access_token",
    "revoke_access_token",
    "bots",
    "bot",
    "create_bot",
    "renew_bot_token",
    "let_bot_in",
    "delete_bot",
    "create_webhook",
    "remove_webhook",
    "resume_webhook",
    "create_incoming_webhook",
    "remove_incoming_webhook",
    "drafts",
    "unread",
    "mark_all_read",
    "undo_all_read",
    "activity",
    "mark_activity_read",
    "saved",
    "reminders",
    "remove_reminder",
    "scheduled",
    "revisable",
    "revise_scheduled",
    "send_scheduled",
    "cancel_scheduled",
    "forget_message",
    "sign_up",
    "log_in",
    "send_sign_up_code",
    "sign_up_by_phone",
    "send_log_in_code",
    "log_in_by_phone",
    "send_proof",
    "log_out",
    "save_name",
    "save_language",
    "save_theme",
    "change_email",
    "change_password",
    "delete_account",
    "duties",
    "open_conversation",
    "write_to",
    "places",
    "found",
    "home",
    "create_group",
    "add_friend",
    "accept_friend",
    "decline_friend",
    "cancel_request",
    "remove_friend",
    "friends",
    "block",
    "unblock",
    "save_privacy",
    "privacy",
    "join",
    "invitation",
    "save_status",
    "here_now",
    "create_space",
    "leave_space",
];
