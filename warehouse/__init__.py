"""The SQL of the warehouse: schema, views, macros and ready questions."""
