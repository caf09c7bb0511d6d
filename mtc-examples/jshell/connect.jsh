// Connects to both clusters and makes a plan: run jshell -Dsource=FILE -Dtarget=FILE -Dnamespace=NAME[:NEW] connect
// With -DsourceRegistry=HOST:PORT and -DtargetRegistry=..., images are copied: http://HOST:PORT for plain HTTP, and
// -DtargetRegistryCa=FILE -DtargetRegistryUser=NAME -DtargetRegistryPasswordFrom=VARIABLE (of the environment) to log in;
// -DmoverImage=IMAGE runs the pods that copy volumes.
// Lines of a chain end in a dot, because jshell takes a line that could end as the end.
Registry registry(String name) {
    String host = System.getProperty(name);
    String ca = System.getProperty(name + "Ca");
    String user = System.getProperty(name + "User");
    Registry registry = Registry.at(host.replaceFirst("^http://", ""));
    registry = host.startsWith("http://") ? registry.plainHttp() : registry;
    registry = ca == null ? registry : registry.caBundle(Path.of(ca));
    if (user == null) {
        return registry;
    }
    Secret password = Secret.fromEnv(System.getProperty(name + "PasswordFrom"));
    return registry.credentials(user, password).pullCredentials(user, password);
}
Cluster withRegistry(Cluster cluster, String name) {
    String image = System.getProperty("moverImage");
    Cluster equipped = image == null ? cluster : cluster.moverImage(image);
    return System.getProperty(name) == null ? equipped : equipped.registry(registry(name));
}
Cluster source = Clusters.fromKubeconfig(Path.of(System.getProperty("source", "old.kubeconfig"))).named("old")
source = withRegistry(source, "sourceRegistry")
Cluster target = Clusters.fromKubeconfig(Path.of(System.getProperty("target", "new.kubeconfig"))).named("new")
target = withRegistry(target, "targetRegistry")
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
