// What a cut-over would do; changes nothing: run jshell ... connect preview
Preview preview = plan.preview()
System.out.println(preview.describe())
