// Connects to both clusters and makes a plan: run jshell -Dsource=FILE -Dtarget=FILE -Dnamespace=NAME[:NEW] connect
// Lines of a chain end in a dot, because jshell takes a line that could end as the end.
Cluster source = Clusters.fromKubeconfig(Path.of(System.getProperty("source", "old.kubeconfig"))).named("old")
Cluster target = Clusters.fromKubeconfig(Path.of(System.getProperty("target", "new.kubeconfig"))).named("new")
System.out.println("source " + source.check())
System.out.println("target " + target.check())

String namespace = System.getProperty("namespace", "shop")
Plan plan = Plan.named(namespace.replaceFirst(":.*", "")).
    from(source).
    to(target).
    namespace(namespace).
    build()
System.out.println(plan)
System.out.println(plan.check().describe())
