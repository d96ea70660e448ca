"""The lists on the number keys, in their order. Nothing is imported here: the very first frame shows their names."""

#: name of a list, as the command line and the configuration have it -> id of the object it shows
START_LISTS = {"customers": "customer", "users": "user", "invoices": "invoice", "reports": "report"}
