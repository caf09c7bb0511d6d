package dev.mtc.engine.internal.objects;

import org.junit.jupiter.api.Test;

class ServicesTest {

    @Test
    void apply_clusterIpService_losesAddresses() {
        TransformCase.of(
                        new Services(),
                        "services",
                        """
spec:
  type: ClusterIP
  clusterIP: 10.0.0.1
  clusterIPs: [10.0.0.1]
  ipFamilies: [IPv4]
  ipFamilyPolicy: SingleStack
  externalIPs: [192.0.2.1]
  selector: {app: web}
  ports: [{port: 80, protocol: TCP}]
""")
                .warnsNothing()
                .becomes(
                        """
spec:
  type: ClusterIP
  externalIPs: [192.0.2.1]
  selector: {app: web}
  ports: [{port: 80, protocol: TCP}]
""");
    }

    @Test
    void apply_headlessService_staysHeadless() {
        TransformCase.of(new Services(), "services", """
spec: {clusterIP: None, clusterIPs: [None]}
""")
                .becomes("""
spec: {clusterIP: None}
""");
    }

    @Test
    void apply_nodePortService_losesPortWithWarning() {
        TransformCase.of(
                        new Services(),
                        "services",
                        """
spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
""")
                .advises("NodePortDropped")
                .becomes("""
spec: {type: NodePort, ports: [{port: 80}]}
""");
    }

    @Test
    void apply_loadBalancer_losesAddressesAndPortsSilently() {
        TransformCase.of(
                        new Services(),
                        "services",
                        """
spec: {type: LoadBalancer, externalIPs: [192.0.2.1], healthCheckNodePort: 31000, externalTrafficPolicy: Local, ports: [{port: 80, nodePort: 30080}]}
""")
                .warnsNothing()
                .becomes("""
spec: {type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]}
""");
    }

    @Test
    void apply_externalName_isKept() {
        TransformCase.of(new Services(), "services", """
spec: {type: ExternalName, externalName: db.example.com}
""")
                .becomes("""
spec: {type: ExternalName, externalName: db.example.com}
""");
    }

    @Test
    void apply_otherKind_isUntouched() {
        TransformCase.of(new Services(), "databases.example.com", """
spec: {clusterIP: 10.0.0.1}
""")
                .becomes("""
spec: {clusterIP: 10.0.0.1}
""");
    }
}
