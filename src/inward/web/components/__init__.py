"""What all faces share: the frame of a page, components as template tags, formats, forms and problem pages."""
