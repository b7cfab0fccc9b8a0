"""控件 the desk's own widgets: dumb, data in by a setter or `render(view)`, meaningful signals out."""
