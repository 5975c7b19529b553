insert into story_links by name ({query})
