-- Links by their time, for checkpoints. Rows come nearly in the order of their times, so that a few pages of summaries find a minute's among any number.
create index entries_by_time on entries using brin (at) with (pages_per_range = 16, autosummarize = on);
create index order_history_by_time on order_history using brin (at) with (pages_per_range = 16, autosummarize = on);
