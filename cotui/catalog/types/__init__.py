"""What fields hold, one type a file: `money.py` holds `FieldType.MONEY`, found by its name.

A type says all there is to say about its values: how they are shown, aligned, typed in a filter, edited in a form,
taken and served by the sandbox. What a file leaves out is as in a text (`cotui.catalog.field.FieldType`).
"""
