/* A program of somebody else: what it takes to use an installed gradflow. */
#include <stdio.h>

#include <gradflow/gradflow.h>

int main(void)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    gf_set_scalar(x, 3);
    gf_node *y = gf_mul(x, x);
    gf_backward(y, 0);
    double slope = gf_scalar(gf_gradient(x));
    printf("gradflow %s: the slope of x^2 at 3 is %g\n", gf_version(), slope);
    gf_graph_free(g);
    return slope != 6;
}
