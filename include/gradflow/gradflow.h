/* gradflow/gradflow.h: all of gradflow. See the headers for what each is for. */
#ifndef GRADFLOW_H
#define GRADFLOW_H

#include <gradflow/builders.h>
#include <gradflow/cell.h>
#include <gradflow/check.h>
#include <gradflow/claims.h>
#include <gradflow/data.h>
#include <gradflow/derive.h>
#include <gradflow/explain.h>
#include <gradflow/flow.h>
#include <gradflow/graph.h>
#include <gradflow/init.h>
#include <gradflow/matrix.h>
#include <gradflow/model.h>
#include <gradflow/operation.h>
#include <gradflow/report.h>
#include <gradflow/template.h>
#include <gradflow/train.h>
#include <gradflow/values.h>
#include <gradflow/view.h>

#endif
